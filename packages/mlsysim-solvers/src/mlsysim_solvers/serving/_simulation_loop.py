"""The inner loop of the simulation: one replica, one event for each batch that changes.

Between two arrivals or completions a decode step only grows by a token in every sequence.
Such runs of steps are added up at once, so that the cost is one of events, not of tokens.
"""

from collections import deque
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import ceil, inf, sqrt
from operator import add, sub

from ._simulation_policy import Policy, Run
from ._steps import Steps

__all__ = ["simulate"]

_SHIFT = 32
_MASK = (1 << _SHIFT) - 1
_NEVER = 1 << 62


def simulate(  # noqa: PLR0912, PLR0915  # one loop, unrolled for speed
    steps: Steps,
    policy: Policy,
    prompts: Sequence[int],
    outputs: Sequence[int],
    arrivals: Sequence[float] | None,
    concurrency: int,
    capacity: float,
    *,
    front_end: float = 0.0,
    record: bool = False,
) -> Run:
    """Serve requests on one replica.

    Parameters
    ----------
    steps : Steps
        Times of its passes.
    policy : Policy
        Its scheduler.
    prompts, outputs : sequence of int
        Tokens of each request.
    arrivals : sequence of float or None
        When each arrives, in order; nothing in a closed loop. [s]
    concurrency : int
        Requests that a closed loop keeps under way.
    capacity : float
        Tokens that the cache holds; a request that exceeds it alone is never admitted.
    front_end : float
        Time of a request between its client and the scheduler; a closed loop sends the next
        one when the last token of another is written. [s]
    record : bool
        Keep every pass for a trace.
    """
    total = len(prompts)
    run = Run([inf] * total, [inf] * total, [inf] * total)
    first, finish, started = run.first, run.finish, run.start
    waiting: deque[int] = deque()
    heap: list[int] = []
    order: list[int] = []
    lengths = list(map(add, prompts, outputs))
    left = list(outputs)  # tokens that are still to be written, after a pre-emption
    extra: dict[int, int] = {}  # tokens that a pre-empted request reads again
    gaps, weights, trace = run.gaps.append, run.weights.append, run.trace.append
    limit, budget, mixed, chunked = policy.limit, policy.budget, policy.mixed, policy.chunked
    static, hit, read = policy.static, policy.cached, policy.read
    reserve, committed = policy.reserve, 0
    most = 4 * limit + 64
    reading, prefill, cost, scores = steps.reading, steps.prefill, steps.tokens, steps.scores
    lines, plain = steps.lines, steps.plain
    closed = arrivals is None
    times = [one + front_end for one in arrivals or [0.0] * min(concurrency, total)]
    known, ended, following = len(times), 0, 0
    times.append(inf)
    upcoming = times[0]
    chunk = 0  # tokens of the first waiting prompt that are already read
    now, step, active, context = 0.0, 0, 0, 0
    start = slope = 0.0  # of a step of those that decode
    soonest = _NEVER  # step with which the next of them ends
    idle = filled = area = stall = 0.0
    taken = passes = 0
    while True:
        if soonest <= step:
            while soonest <= step:
                one = heappop(heap) & _MASK
                finish[one] = now
                active -= 1
                context -= lengths[one] - 1
                if reserve:
                    committed -= lengths[one]
                if closed:
                    ended += 1
                soonest = heap[0] >> _SHIFT if heap else _NEVER
            if active:
                start, slope = lines[active]
            else:
                context, stall = 0, 0.0
        if ended:
            more = min(ended, total - known)  # whose requests have ended send their next
            times[known:] = [*[now + front_end] * more, inf]
            known += more
            ended, upcoming = 0, times[following]
        while upcoming <= now:
            waiting.append(following)
            following += 1
            upcoming = times[following]
        if waiting and active < limit and not (static and active):
            admitted: list[int] = []
            tokens = adding = 0
            attention = 0.0
            room = budget - active if mixed else budget
            places = limit - active
            used = committed if reserve else context
            while waiting:
                one = waiting[0]
                length = prompts[one]
                if extra:
                    length += extra.get(one, 0)
                needed = length + left[one] if reserve else length + 1
                if used + needed > capacity:
                    if active or admitted:
                        break
                    if needed > capacity:
                        waiting.popleft()  # never fits: it stays unserved
                        ended += closed
                        continue
                fresh = length - chunk if read else 0
                if hit:
                    fresh = max(fresh - int(hit * prompts[one]), 1 if read else 0)
                if tokens + fresh > room:
                    if chunked and room > tokens:
                        attention += reading[chunk + room - tokens] - reading[chunk]
                        chunk += room - tokens
                        tokens = room
                        break
                    if tokens or (chunked and active):
                        break
                waiting.popleft()
                if read:
                    attention += reading[length]
                    if fresh < length:
                        attention -= reading[length - fresh]
                admitted.append(one)
                adding += length
                used += needed if reserve else length
                tokens += fresh
                chunk = 0
                if len(admitted) == places:
                    break
            if tokens or admitted:
                if mixed and active and tokens:
                    seconds = start + slope * (context / active) + attention
                    seconds += cost[active + tokens] - cost[active]
                    if admitted:
                        seconds += scores[active + len(admitted)] - scores[active]
                    gaps(seconds)
                    weights(active)
                    step += 1
                    context += active
                else:
                    if plain and tokens:
                        seconds = cost[tokens] + scores[len(admitted) or 1] + attention
                    elif tokens:
                        seconds = prefill(max(len(admitted), 1), tokens, attention)
                    else:
                        seconds = 0.0
                    if active:
                        stall += seconds  # the next token of everyone comes so much later
                if record and tokens:
                    trace(("mixed" if mixed and active else "prefill", now, seconds, active))
                now += seconds
                filled += seconds
                area += active * seconds
                taken += tokens
                passes += 1
                if admitted:
                    begun = now - seconds
                    longest = max([left[one] for one in admitted]) if static else 0
                    for one in admitted:
                        if one not in extra:
                            started[one], first[one] = begun, now
                        heappush(heap, (step + (longest or left[one]) - 1) << _SHIFT | one)
                    active += len(admitted)
                    context += adding
                    start, slope = lines[active]
                    soonest = heap[0] >> _SHIFT
                    if reserve:
                        committed = used
                    else:
                        order += admitted
                        if len(order) > most:
                            order = [one for one in order if finish[one] == inf]
                continue
        if not active:
            if waiting or ended:
                continue
            if upcoming == inf:
                break
            idle += upcoming - now
            now = upcoming
            continue
        count = soonest - step
        seconds = start + slope * (context / active)
        span = count * (seconds + slope * (count - 1) * 0.5)
        if now + span > upcoming and active < limit and not waiting and not static:
            gap = upcoming - now
            half = seconds - slope * 0.5
            ahead = ceil(2.0 * gap / (half + sqrt(half * half + 2.0 * slope * gap)))
            count = ahead if 1 <= ahead < count else (1 if ahead < 1 else count)
            span = count * (seconds + slope * (count - 1) * 0.5)
        written = active * count
        if context + written > capacity and not reserve and active > 1:
            count = int((capacity - context) // active)
            if count < 1:  # the youngest gives its memory back, and is read again later
                while finish[order[-1]] != inf:
                    order.pop()
                one = order.pop()
                entry = next(key for key in heap if key & _MASK == one)
                heap.remove(entry)
                heapify(heap)
                soonest = heap[0] >> _SHIFT
                rest = (entry >> _SHIFT) - step
                context -= lengths[one] - 1 - rest
                extra[one] = outputs[one] - rest
                left[one] = rest
                active -= 1
                start, slope = lines[active]
                waiting.appendleft(one)
                run.preempted += 1
                chunk = 0
                continue
            span = count * (seconds + slope * (count - 1) * 0.5)
            written = active * count
        if record:
            trace(("decode", now, span, active))
        now += span
        area += active * span
        step += count
        context += written
        if stall:
            gaps(stall + seconds)
            weights(active)
            stall = 0.0
            if count > 1:
                gaps((span - seconds) / (count - 1))
                weights(written - active)
        else:
            gaps(span / count)
            weights(written)
    run.read, run.prefill_passes, run.decoded = taken, passes, sum(run.weights)
    if static:  # shorter requests are padded to the longest of their batch
        ends = zip(outputs, finish, strict=True)
        run.decoded = sum(count - 1 for count, end in ends if end != inf)
    run.busy, run.prefill_seconds, run.sequence_seconds, run.end = now - idle, filled, area, now
    for seen in (first, finish, started):
        seen[:] = map(sub, seen, times)
        if front_end:
            seen[:] = [value + front_end for value in seen]
    return run
