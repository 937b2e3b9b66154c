"""The methods paragraph with the parameters and counts of this result, in both languages, and the works that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from swnlp.paper.values import Said

HEADING = Said("数据与方法", "Data and methods")
REFERENCES_HEADING = Said("参考文献", "References")
# What the paragraph and the notes cite -> the work. In the order of a list of references.
_WORKS = {
    "Blondel": "Blondel, V. D., Guillaume, J.-L., Lambiotte, R., & Lefebvre, E. (2008). Fast unfolding of communities in "
    "large networks. Journal of Statistical Mechanics, 2008(10), P10008.",
    "Borgatti": "Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks, 19(3), "
    "243–269.",
    "Bouma": "Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction. Proceedings of GSCL, "
    "31–40.",
    "Burt": "Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard University Press.",
    "Dunning": "Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational "
    "Linguistics, 19(1), 61–74.",
    "Freeman": "Freeman, L. C. (1979). Centrality in social networks: Conceptual clarification. Social Networks, 1(3), "
    "215–239.",
    "Fruchterman": "Fruchterman, T. M. J., & Reingold, E. M. (1991). Graph drawing by force-directed placement. Software: "
    "Practice and Experience, 21(11), 1129–1164.",
    "Robins": "Robins, G., & Alexander, M. (2004). Small worlds among interlocking directors: Network structure and "
    "distance in bipartite graphs. Computational & Mathematical Organization Theory, 10(1), 69–94.",
    "Serrano": "Serrano, M. Á., Boguñá, M., & Vespignani, A. (2009). Extracting the multiscale backbone of complex weighted "
    "networks. PNAS, 106(16), 6483–6488.",
    "Traag": "Traag, V. A., Waltman, L., & van Eck, N. J. (2019). From Louvain to Leiden: Guaranteeing well-connected "
    "communities. Scientific Reports, 9, 5233.",
    "Wasserman": "Wasserman, S., & Faust, K. (1994). Social Network Analysis: Methods and Applications. Cambridge "
    "University Press.",
}
Part = tuple[Said, Sequence[str]]


def method_parts(paragraph: Said, notes: Iterable[Said]) -> list[Part]:
    """Return headings with their paragraphs: the method in Chinese and in English, and the works they cite.

    Args:
        paragraph: What was done with the texts.
        notes: What is to be said of the network.
    """
    notes = list(notes)
    chinese = paragraph.zh + "".join(note.zh for note in notes)
    english = " ".join([paragraph.en, *(note.en for note in notes)])
    return [
        (HEADING, [_whole(chinese), english.strip()]),
        (REFERENCES_HEADING, references(chinese + english)),
    ]


def references(text: str) -> list[str]:
    """Return the works that a text cites, in the order of their authors."""
    return [work for author, work in _WORKS.items() if author in text]


def markdown(parts: Iterable[Part]) -> str:
    """Return headings with their paragraphs as Markdown."""
    blocks = [f"## {heading.zh} / {heading.en}\n\n" + "\n\n".join(texts) for heading, texts in parts]
    return "\n\n".join(blocks) + "\n"


def _whole(text: str) -> str:
    """Return Chinese text that ends with a full stop."""
    return text if text.endswith("。") else text.rstrip("；") + "。"
