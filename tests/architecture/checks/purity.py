"""No clock and no chance in pure code: the same input gives the same answer, today and at an appeal."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import Module

PURE = ("goliard.rules", "goliard.ewp_codec", "goliard.fast")
CLOCKS = re.compile(
    r"^(datetime\.(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|monotonic|perf_counter|localtime|gmtime)|django\.utils\.timezone\.\w+)$"
)
CHANCE = re.compile(
    r"^(uuid\.uuid[14]|os\.urandom|secrets\.\w+|random\.SystemRandom"
    r"|random\.(?!Random$)\w+"  # the module's functions share one unseeded generator
    r"|numpy\.random\.(?!default_rng$|Generator$|SeedSequence$|PCG64$|Philox$)\w+)$",
)
SEEDED = re.compile(r"^(random\.Random|numpy\.random\.(default_rng|SeedSequence|PCG64|Philox))$")


def clocks_and_chance(module: Module) -> list[str]:
    """Calls of a clock, of an unseeded generator, or of a generator made without a seed."""
    if not module.within(*PURE):
        return []
    found = []
    for name, call in module.calls():
        if CLOCKS.match(name):
            found.append(module.at(call, f"pure code gets the time as an argument: {name}"))
        elif CHANCE.match(name) or (SEEDED.match(name) and not _has_seed(call)):
            found.append(module.at(call, f"pure code gets its seed as an argument: {name}"))
    return found


def _has_seed(call: ast.Call) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return bool(given) and not (isinstance(given[0], ast.Constant) and given[0].value is None)
