"""kumu: the network as JSON for kumu.io: `netnotes graph --format kumu --output map.json`."""

from __future__ import annotations

import json

from netnotes.api import Cell, Network, NoOptions, exporter

NETNOTES_API = 1


@exporter("kumu", reads=("depth", "tie?"))
def kumu(network: Network, options: NoOptions) -> str:
    """Return elements and connections in the format that kumu imports."""
    elements: list[dict[str, Cell]] = [{"label": network.ego.name, "type": "me"}]
    connections: list[dict[str, Cell]] = []
    for tie in network.ties:
        elements.append({"label": tie.person.name, "type": tie.person.scene or "person"})
        strength = network.number(tie, "depth")
        connections.append({"from": network.ego.name, "to": tie.person.name, "strength": strength})
    for tie in network.alter_ties:
        one, other = tie.people
        connections.append({"from": one.name, "to": other.name, "direction": "mutual"})
    return json.dumps({"elements": elements, "connections": connections}, ensure_ascii=False, indent=1)
