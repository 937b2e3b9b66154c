"""What a person writes for an entity to its id: an entity of the result, else a new one of that name."""

from __future__ import annotations

from swnlp.analysis import Analysis
from swnlp.gazetteer import load_gazetteer
from swnlp.view import simplified_view


class Entities:
    """The entities of a result, looked up by label and by id, name or alias."""

    def __init__(self, analysis: Analysis) -> None:
        rows = analysis.table("entities", columns=["entity_id", "label", "name", "aliases"]).to_pylist()
        self._ids = {(row["label"], row["entity_id"]): row["entity_id"] for row in rows}
        self._names: dict[tuple[str, str], set[str]] = {}
        self._aliases: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            name = row["label"], simplified_view(row["name"])
            self._names.setdefault(name, set()).add(row["entity_id"])
            for alias in row["aliases"]:
                self._aliases.setdefault((row["label"], simplified_view(alias)), set()).add(row["entity_id"])
        self._kinds = {
            form: actor["kind"]
            for actor in analysis.run["scheme"]["actors"]
            for form in (actor["kind"], actor["name_zh"], actor["name_en"])
        }
        self._places = {name: place for place, name in analysis.place_names.items()}

    def find(self, label: str, given: str) -> str | None:
        """Return the id of what is meant, None if it can't be told which (several have that name, or no such actor)."""
        view = simplified_view(given.strip())
        if (label, given) in self._ids:
            return str(self._ids[label, given])
        for known in (self._names, self._aliases):
            found = known.get((label, view), set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                return None
        if label == "ACTOR":
            kind = self._kinds.get(given)
            return f"actor:{kind}" if kind else None
        if label == "PLACE":
            return self.place(given)
        return f"{label.lower()}:{view}"

    def place(self, given: str) -> str:
        """Return the id of a place: one of the result, a division, else a place of that name."""
        view = simplified_view(given.strip())
        if given.startswith("place:"):
            return given
        if (known := self._places.get(view)) is not None:
            return known
        code = load_gazetteer().resolve(view).code
        return f"place:{code or view}"
