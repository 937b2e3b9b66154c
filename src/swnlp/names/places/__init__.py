"""Places: divisions of China, countries, regions, waters, roads, zones and sites, by list and by shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from swnlp.lexicon import Lexicon
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.places.chains import Chains
from swnlp.names.places.letters import find_letters
from swnlp.names.places.listed import find_listed
from swnlp.names.places.routes import find_routes
from swnlp.names.places.shapes import find_shapes

LABEL = "PLACE"
# Ordinary words that nothing here makes a place (资源, 和平) are not worth proposing.
DOUBTFUL = 0.5


def proposer(lexicon: Lexicon) -> Proposer:
    """Return the family. The lexicon has no part in it: a user's own places are kept by their own family."""
    return propose


def propose(view: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
    """Propose the places of a text.

    Listed names come first, then what is known by its shape, which may go on from a listed place
    (秭归县茅坪镇|中坝子村) and then proposes the whole chain as one name.
    """
    listed = find_listed(view)
    letters = list(find_letters(view, listed))
    chains = Chains(sorted([*listed, *letters]))
    found = [*chains.joined(), *find_routes(view, chains), *find_shapes(view, chains)]
    for place in sorted({place for place in found if place.score > DOUBTFUL}):
        yield Candidate(place.start, place.end, LABEL, None, f"places:{place.rule}", place.score)
