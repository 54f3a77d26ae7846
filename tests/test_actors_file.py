"""The analyst's actors.csv changed one line at a time: what is written, what is kept, what is refused, and that it is obeyed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.actors_file import add_actor, merge_actors, reject_actor
from briefing_kit.briefing import text_briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.gazetteer import COLUMNS, GazetteerError, load_gazetteer

HEADER = ",".join(COLUMNS)
LINES = [
    "# our own actors",
    HEADER,
    "delta-avengers,Delta Avengers,armed_group,NGA,,DA|Avengers of the Delta,yes,2016-01-01,,active,,of 2016",
    "",
    "# people",
    'jane-okoro,"Okoro, Jane",person,NGA,,,,,,,,',
    "old-front,Old Front,armed_group,,,,,,,merged,delta-avengers,",
    "annex-alpha,Annex Alpha,,,,,,,,rejected,,",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "actors.csv"
    file.write_bytes("\n".join([*LINES, ""]).encode())
    return file


def lines(path: Path) -> list[str]:
    return path.read_bytes().decode().split("\n")[:-1]


def found(path: Path, name: str) -> str | None:
    entry = load_gazetteer(path).find(name)
    return entry.actor.id if entry else None


def test_a_new_actor_is_a_new_last_line(path):
    """All other bytes stay; the gazetteer knows it under all its names."""
    said = add_actor(path, "Creek  Watch", "ngo", country="NGA", parent="Delta Avengers", aliases=["CWN", "Creek Watch Network", "CWN"])
    assert said == "actors.csv line 9: added Creek Watch (creek-watch), ngo"
    assert lines(path) == [*LINES, "creek-watch,Creek Watch,ngo,NGA,delta-avengers,CWN|Creek Watch Network,,,,active,,"]
    assert {found(path, name) for name in ("Creek Watch", "CWN", "Creek Watch Network")} == {"creek-watch"}


def test_a_rejected_name_is_added_in_its_own_line(path):
    """Taking a rejection back changes one line and adds none."""
    add_actor(path, "Annex Alpha", "armed_group")
    assert lines(path) == [*LINES[:7], "annex-alpha,Annex Alpha,armed_group,,,,,,,active,,"]
    assert found(path, "Annex Alpha") == "annex-alpha"


def test_a_name_in_small_letters_is_added_so_that_it_is_found(path):
    """Names are looked for among capitalised words unless their line says that case does not matter; an article does not count."""
    add_actor(path, "reed cutters", "community")
    add_actor(path, "al-Qasab Club", "ngo")
    assert lines(path)[8:] == ["reed-cutters,reed cutters,community,,,,no,,,active,,", "al-qasab-club,al-Qasab Club,ngo,,,,,,,active,,"]
    mentions = find_mentions(text_briefing("The town fell to the reed cutters of Warri."), load_gazetteer(path))
    assert "reed-cutters" in [mention.actor_id for mention in mentions]


def test_a_name_is_taken_over_from_a_built_in_actor(path):
    """The analyst's own list wins, and the message says what no longer holds."""
    before = load_gazetteer().find("SDF")
    assert before is not None
    said = add_actor(path, "Swamp Defence Force", "armed_group", aliases=["SDF"])
    assert said.endswith(f"; SDF no longer means {before.actor.name}")
    assert found(path, "SDF") == "swamp-defence-force"


def test_a_built_in_actor_is_described_anew_under_its_id(path):
    """`--id` says that it is the same one."""
    add_actor(path, "Daesh", "political", actor_id="islamic-state")
    actor = load_gazetteer(path).actors["islamic-state"]
    assert (actor.name, actor.type) == ("Daesh", "political")
    assert found(path, "ISIS") == "islamic-state"


MERGERS = [
    ("a line of the file", "Delta Avengers", "jane-okoro", 2, "merged,jane-okoro", ("DA", "Avengers of the Delta", "Old Front")),
    ("by an alias", "Avengers of the Delta", "Okoro, Jane", 2, "merged,jane-okoro", ("Delta Avengers",)),
    ("a name that no list knows", "Delta Revengers", "delta-avengers", 8, "merged,delta-avengers", ("Delta Revengers",)),
    ("a built-in actor", "Boko Haram", "DA", 8, "merged,delta-avengers", ("Boko Haram",)),
    ("into an actor that is merged itself", "Creek Watch", "Old Front", 8, "merged,delta-avengers", ("Creek Watch",)),
    ("into a built-in actor", "Delta Avengers", "Boko Haram", 2, "merged,boko-haram", ("Delta Avengers", "DA")),
    ("merged elsewhere before", "Old Front", "jane-okoro", 6, "merged,jane-okoro", ("Old Front",)),
    ("rejected before", "Annex Alpha", "jane-okoro", 7, "merged,jane-okoro", ("Annex Alpha",)),
]


@pytest.mark.parametrize(("source", "target", "at", "cells", "names"), [case[1:] for case in MERGERS], ids=[case[0] for case in MERGERS])
def test_a_merger_is_one_line(path, source, target, at, cells, names):
    """The line of the actor that goes is changed, or a new one is put at the end; all its names are the other's from then on."""
    merge_actors(path, source, target)
    after = lines(path)
    assert [line for number, line in enumerate(after) if number != at] == [line for number, line in enumerate(LINES) if number != at]
    assert cells in after[at]
    assert {found(path, name) for name in names} == {cells.partition(",")[2]}


def test_a_rejected_actor_goes_with_all_its_names(path):
    """One cell of its line is changed; the rest of the line is kept, and `add` could take it back."""
    path.write_text("\n".join([*LINES[:6], LINES[7], ""]), encoding="utf-8")
    assert reject_actor(path, "Delta Avengers") == "actors.csv line 3: no actor any more: Delta Avengers, DA, Avengers of the Delta"
    assert lines(path)[2] == LINES[2].replace("active", "rejected")
    assert {found(path, name) for name in ("Delta Avengers", "DA", "Avengers of the Delta")} == {None}


def test_a_name_alone_is_rejected(path):
    """An alias, or one name of a built-in actor: the actor keeps the others, and the message says so."""
    assert reject_actor(path, "DA") == "actors.csv line 9: DA is no actor; other names of delta-avengers are still found"
    assert (found(path, "DA"), found(path, "Avengers of the Delta")) == (None, "delta-avengers")
    assert reject_actor(path, "Daesh") == "actors.csv line 10: Daesh is no actor; other names of islamic-state are still found"
    assert (found(path, "Daesh"), found(path, "ISIS")) == (None, "islamic-state")
    assert lines(path)[:8] == LINES


def test_a_merger_written_by_name_is_followed(path):
    """A line may name the actor that stays by its name; the commands see through that."""
    path.write_text(path.read_text(encoding="utf-8").replace("merged,delta-avengers", "merged,Delta Avengers"), encoding="utf-8")
    merge_actors(path, "Creek Watch", "Old Front")
    assert found(path, "Creek Watch") == "delta-avengers"
    with pytest.raises(GazetteerError, match="'Old Front' is merged into 'Delta Avengers'"):
        reject_actor(path, "Delta Avengers")


def test_rejecting_twice_changes_nothing(path):
    """And says so."""
    before = path.read_bytes()
    assert reject_actor(path, "Annex Alpha") == "actors.csv line 8: Annex Alpha is rejected already; nothing was changed"
    assert path.read_bytes() == before


REFUSED = [
    (lambda path: add_actor(path, "X Y", "gang"), "--type: no type 'gang': there is state, state_force"),
    (lambda path: add_actor(path, "X Y", "armed group"), "--type: no type 'armed group': did you mean 'armed_group'?"),
    (
        lambda path: add_actor(path, "X Y", "ngo", actor_id="X Y"),
        "--id: 'X Y' has other signs than small letters, digits and hyphens: 'x-y' would do",
    ),
    (lambda path: add_actor(path, "X Y", "ngo", country="Atlantis"), "--country: 'Atlantis' is no country known here"),
    (lambda path: add_actor(path, "X Y", "ngo", parent="Nobody At All"), "--parent: no actor 'Nobody At All' on file"),
    (lambda path: add_actor(path, "  ", "ngo"), "NAME: '' is no name"),
    (lambda path: add_actor(path, "=A1", "ngo"), "NAME: '=A1': a name begins with none of"),
    (lambda path: add_actor(path, "X Y", "ngo", aliases=["X|Y"]), "--alias: 'X|Y': a name begins with none of"),
    (lambda path: add_actor(path, "Delta Avengers", "ngo"), "actors.csv line 3: 'delta-avengers' is there already"),
    (lambda path: add_actor(path, "Old Front", "ngo"), "actors.csv line 7: 'old-front' is merged into 'delta-avengers' already"),
    (lambda path: add_actor(path, "Da Watch", "ngo", aliases=["DA"]), "actors.csv line 3 has 'delta-avengers' with the name 'DA'"),
    (lambda path: add_actor(path, "Alpha", "ngo", aliases=["Annex Alpha"]), "actors.csv line 8 rejects the name 'Annex Alpha'"),
    (lambda path: add_actor(path, "Daesh", "armed_group"), "NAME: 'Daesh' is a name of islamic-state (Islamic State) already: give --id"),
    (lambda path: merge_actors(path, "DA", "Delta Avenger"), "INTO: no actor 'Delta Avenger' on file: did you mean"),
    (lambda path: merge_actors(path, "DA", "Quxly Zarf"), "INTO: no actor 'Quxly Zarf' on file: briefing-kit actors add puts it on file"),
    (lambda path: merge_actors(path, "no-such-id", "DA"), "FROM: no actor 'no-such-id' on file: give the name"),
    (lambda path: merge_actors(path, "DA", "delta-avengers"), "FROM: 'DA' and 'delta-avengers' are one actor already: delta-avengers"),
    (lambda path: merge_actors(path, "Delta Avengers", "Old Front"), "FROM: 'Delta Avengers' and 'Old Front' are one actor already"),
    (lambda path: merge_actors(path, "DA", "Annex Alpha"), "INTO: actors.csv line 8 rejects 'Annex Alpha': add it first"),
    (lambda path: reject_actor(path, "Delta Avengers"), "actors.csv line 7: 'Old Front' is merged into 'Delta Avengers': reject that one"),
]


@pytest.mark.parametrize(("command", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_cannot_be_obeyed_is_refused(path, command, message):
    """One line that names field or line and the mend; the file stays as it was and nothing is left beside it."""
    with pytest.raises(GazetteerError) as refusal:
        command(path)
    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)
    assert lines(path) == LINES
    assert [file.name for file in path.parent.iterdir()] == ["actors.csv"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "ending"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_byte_order_mark_are_kept(path, ending, last, mark):
    """A file from a spreadsheet stays one, whether or not its last line ends."""
    text = mark + ending.join(LINES) + (ending if last else "")
    path.write_bytes(text.encode())
    add_actor(path, "Creek Watch", "ngo")
    reject_actor(path, "DA")
    added = f"creek-watch,Creek Watch,ngo,,,,,,,active,,{ending}da,DA,,,,,,,,rejected,,{ending}"
    assert path.read_bytes().decode() == mark + ending.join(LINES) + ending + added


def test_columns_keep_their_order(path):
    """A file may have fewer columns, in another order; one that is needed and missing is asked for."""
    path.write_text("name,type,id,status\nDelta Avengers,armed_group,,\n", encoding="utf-8")
    add_actor(path, "Creek Watch", "ngo")
    reject_actor(path, "Delta Avengers")
    assert lines(path) == ["name,type,id,status", "Delta Avengers,armed_group,,rejected", "Creek Watch,ngo,creek-watch,active"]
    with pytest.raises(GazetteerError, match=r"actors\.csv: column 'merged_into' is missing: add it to the header line"):
        merge_actors(path, "Creek Watchers", "Creek Watch")


@pytest.mark.parametrize("text", [None, "", "# ours\n"])
def test_a_file_is_made_where_there_is_none(tmp_path, text):
    """With its header line."""
    path = tmp_path / "actors.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    add_actor(path, "Creek Watch", "ngo")
    assert lines(path) == [*(text or "").splitlines(), HEADER, "creek-watch,Creek Watch,ngo,,,,,,,active,,"]


def test_a_file_that_cannot_be_read_is_not_touched(path):
    """The gazetteer's own message says which line to mend."""
    path.write_text("\n".join([*LINES, "x,X,gang,,,,,,,,,", ""]), encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"actors\.csv line 9, type: 'gang'"):
        add_actor(path, "Creek Watch", "ngo")
    assert len(lines(path)) == 9


def test_rights_and_links_are_kept(path, tmp_path):
    """The new file takes the old one's place, also behind a link."""
    path.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    add_actor(link, "Creek Watch", "ngo")
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert found(path, "Creek Watch") == "creek-watch"


def test_a_file_that_cannot_be_written_is_refused(path, monkeypatch):
    """As when a spreadsheet holds it open; the old file stands."""

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(GazetteerError, match=r"cannot be written \(Permission denied\): close it in other programs"):
        add_actor(path, "Creek Watch", "ngo")
    assert lines(path) == LINES
    assert [file.name for file in path.parent.iterdir()] == ["actors.csv"]


NAMES = st.text(st.sampled_from("abcdefgh ABCDEFGH-'\",.éßöЖشك0123456789"), min_size=2, max_size=14).filter(
    lambda name: sum(char.isalnum() for char in name) > 1 and name.strip()[0] not in "=+-@#"
)


@given(steps=st.lists(st.tuples(st.sampled_from(["add", "merge", "reject"]), NAMES, NAMES), max_size=4))
@settings(max_examples=25, deadline=None)
def test_every_step_is_obeyed(tmp_path_factory, steps):
    """Whatever the names: each step that is not refused changes one line and holds in the next reading, without problems."""
    path = tmp_path_factory.mktemp("actors") / "actors.csv"
    path.write_bytes("\n".join([*LINES, ""]).encode())
    for step, name, other in steps:
        before = lines(path)
        try:
            if step == "add":
                add_actor(path, name, "ngo", aliases=[other])
            elif step == "merge":
                merge_actors(path, name, "Delta Avengers")
            else:
                reject_actor(path, name)
        except GazetteerError:
            assert lines(path) == before
            continue
        after = lines(path)
        assert sum(one != two for one, two in zip(before, after, strict=False)) + len(after) - len(before) <= 1
        assert load_gazetteer(path).problems == ()
        name = " ".join(name.split())
        if step == "add":
            assert found(path, name) == found(path, " ".join(other.split())) is not None
        else:
            assert found(path, name) == {"merge": "delta-avengers", "reject": None}[step]
