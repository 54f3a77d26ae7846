"""What a report says of its own making: manifest.json. Volatile facts (times, durations) are in runs.jsonl instead."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefing_kit.weekly.inputs import file_hash

NAME = "manifest.json"
FORMAT = 1
METHOD = ("code", "version.", "notebooks/")  # how a report is made, not what it is made from


def write_manifest(folder: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """Write the manifest of a finished folder, with the hash and size of every file in it; returns what it wrote."""
    outputs = [
        {"path": path.relative_to(folder).as_posix(), "sha256": file_hash(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / NAME
    ]
    manifest = {"format": FORMAT, **facts, "outputs": outputs}
    (folder / NAME).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a published report; None where there is none that can be read."""
    try:
        manifest = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return dict(manifest) if isinstance(manifest, dict) and manifest.get("format") == FORMAT else None


def intact(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether every file that the manifest lists is there as it was written."""
    try:
        return all(file_hash(folder / output["path"]) == output["sha256"] for output in manifest["outputs"])
    except (OSError, KeyError, TypeError):
        return False


def supersedes(before: dict[str, Any] | None, parts: dict[str, str], key: str) -> dict[str, Any] | None:
    """What a report made anew replaces: the key of the earlier one and what changed since; None for a first report.

    A report made again from the same keeps what was said before, so that equal inputs give equal bytes.
    """
    if before is None:
        return None
    if before.get("key") == key:
        kept = before.get("supersedes")
        return dict(kept) if kept else None
    old = before.get("made_from", {})
    changed = [name for name in sorted(old.keys() | parts.keys()) if old.get(name) != parts.get(name)]
    words = {name: "new" if name not in old else "gone" if name not in parts else "changed" for name in changed}
    return {"key": before.get("key"), "changed": words}


def supersedes_note(said: dict[str, Any] | None) -> str:
    """For the report's last page: that it replaces another and which inputs changed; "" where only software or notebooks did."""
    changed = said.get("changed", {}) if said else {}
    inputs = [f"{name} ({word})" for name, word in changed.items() if not name.startswith(METHOD)]
    if not inputs:
        return ""
    more = f" and {len(inputs) - 5} more" if len(inputs) > 5 else ""
    return f"This report supersedes an earlier one of the same week. Since then: {', '.join(inputs[:5])}{more}."


def published(reports: Path) -> list[dict[str, Any]]:
    """The manifests of all published reports, oldest week first."""
    found = [read_manifest(path) for path in sorted(reports.glob("????-W??*")) if path.is_dir()]
    return [manifest for manifest in found if manifest]
