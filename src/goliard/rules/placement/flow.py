"""Minimum-cost flow by successive shortest paths: exact integers of any size, for networks of some thousands of nodes.

Each unit takes the cheapest way that is left, where a way may also undo part of an earlier one. Costs must not be negative; Dijkstra's
algorithm works on them throughout, because every node carries a potential that keeps the cost of what can be undone from turning negative
(Tomizawa, 1971; Edmonds and Karp, 1972). The search ends as soon as it meets the target.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(slots=True)
class Network:
    """Arcs between numbered nodes. Every arc stands beside its reverse: arc `i` and arc `i ^ 1`."""

    nodes: int
    head: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # capacity that is left
    cost: list[int] = field(default_factory=list)
    out: list[list[int]] = field(default_factory=list)
    potential: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.out = [[] for _ in range(self.nodes)]
        self.potential = [0] * self.nodes

    def add(self, tail: int, head: int, capacity: int, cost: int) -> int:
        """Add an arc; gives its number."""
        number = len(self.head)
        self.head += [head, tail]
        self.left += [capacity, 0]
        self.cost += [cost, -cost]
        self.out[tail].append(number)
        self.out[head].append(number + 1)
        return number

    def is_used(self, arc: int) -> bool:
        """Whether flow goes through this arc."""
        return self.left[arc ^ 1] > 0

    def send(self, source: int, target: int) -> None:
        """Send one unit the cheapest way; there must be one."""
        came_by, distances = self._search(source, target)
        for node, distance in distances.items():
            self.potential[node] += distance - distances[target]
        node = target
        while node != source:
            arc = came_by[node]
            self.left[arc] -= 1
            self.left[arc ^ 1] += 1
            node = self.head[arc ^ 1]

    def _search(self, source: int, target: int) -> tuple[dict[int, int], dict[int, int]]:
        """The arc by which each node was reached, and the distances of the nodes no farther than the target."""
        best: dict[int, int] = {source: 0}
        came_by: dict[int, int] = {}
        settled: dict[int, int] = {}
        queue = [(0, source)]
        while queue:
            distance, node = heappop(queue)
            if node in settled:
                continue
            settled[node] = distance
            if node == target:
                return came_by, settled
            for arc in self.out[node]:
                head = self.head[arc]
                if self.left[arc] and head not in settled:
                    longer = distance + self.cost[arc] + self.potential[node] - self.potential[head]
                    if head not in best or longer < best[head]:
                        best[head], came_by[head] = longer, arc
                        heappush(queue, (longer, head))
        raise ValueError("there is no way to the target")
