"""Stage 10, co-word analysis (共词分析): counts of terms together to similarities, clusters and a strategic diagram."""

from swnlp.cowords.clusters import Clusters, cluster_terms, silhouette
from swnlp.cowords.draw import dendrogram_svg, dendrogram_text
from swnlp.cowords.similarity import equivalence, ochiai
from swnlp.cowords.strategic import Theme, strategic_diagram

__all__ = [
    "Clusters",
    "Theme",
    "cluster_terms",
    "dendrogram_svg",
    "dendrogram_text",
    "equivalence",
    "ochiai",
    "silhouette",
    "strategic_diagram",
]
