"""Pictures of a record as inline SVG: drawn from its own entries, coloured by the page that holds them."""

from variorum.views.pictures.chart import chart_of
from variorum.views.pictures.lineage import lineage_picture
from variorum.views.pictures.route import route_map

__all__ = ["chart_of", "lineage_picture", "route_map"]
