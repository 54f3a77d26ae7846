"""What `make fuzz` runs a hundred thousand times, run once on each of a few seeds: no target has rotted."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
for extra in ("mammoth", "pypdf", "trafilatura"):
    pytest.importorskip(extra)


def test_every_target_takes_its_seeds(tmp_path, monkeypatch):
    """Seeds and dictionary are made; each target reads some seeds, and what is no seed of its own, or refuses them."""
    monkeypatch.syspath_prepend(str(ROOT))
    from fuzz.seeds import write_seeds
    from fuzz.targets import REFUSALS, TARGETS

    names = write_seeds(tmp_path)
    assert names == list(TARGETS)
    assert (tmp_path / "words.dict").read_text(encoding="ascii").count("\n") > 300
    for name, target in TARGETS.items():
        seeds = [path.read_bytes() for path in sorted((tmp_path / name / "corpus").iterdir())[:3]]
        assert seeds, name
        target(seeds[0])
        for data in (*seeds[1:], b"", b"\xff\x00", b"Ten people died."):
            with suppress(*REFUSALS):
                target(data)


def test_words_are_changed_as_the_seed_says(monkeypatch):
    """Texts stay texts within their size, and the same seed gives the same change."""
    monkeypatch.syspath_prepend(str(ROOT))
    from fuzz.mutations import by_word

    told = b"On 3 May 2019 the army killed 12 people in Gao."
    changed = [by_word(told, 60, seed, ["Monday", "per cent"]) for seed in range(200)]
    assert changed == [by_word(told, 60, seed, ["Monday", "per cent"]) for seed in range(200)]
    assert max(map(len, changed)) <= 60
    assert len(set(changed)) > 150
    assert any(b"Monday" in one for one in changed)
    assert by_word(b"", 10, 1, ["a"]) is not None


def test_an_output_that_cannot_be_right_is_a_finding(monkeypatch):
    """The checks of the targets are not idle."""
    monkeypatch.syspath_prepend(str(ROOT))
    from fuzz import targets
    from fuzz.run import last_said, per_megabyte

    monkeypatch.setattr(targets, "find_quantities", lambda text: [type("Row", (), {"start": 0, "end": 3, "text": "nine"})()])
    with pytest.raises(targets.FindingError, match="offsets 0:3"):
        targets.quantities(b"Ten people died.")
    assert last_said("a: 1\nb: 2\na: 3\n", "a:") == "3"
    sizes = []
    assert per_megabyte(lambda data: sizes.append(len(data)), b"abc", 10, ()) >= 0
    assert sizes == [9]
