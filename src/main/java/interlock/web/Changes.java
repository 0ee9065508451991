package interlock.web;

import interlock.applier.Signal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tells those who follow a plan that it has changed. Each follower has a signal of its own. */
public final class Changes {
    private final Map<UUID, Set<Signal>> followers = new ConcurrentHashMap<>();
    private final Signal any;

    /** Raises {@code any} with every change of whatever plan. */
    public Changes(Signal any) {
        this.any = any;
    }

    /** Says that plans have changed. May be called by any thread. */
    public void of(Set<UUID> plans) {
        if (!plans.isEmpty()) {
            any.raise();
        }
        plans.forEach(plan -> followers.getOrDefault(plan, Set.of()).forEach(Signal::raise));
    }

    /** Raises {@code signal} whenever the plan changes, until {@link #unfollow}. */
    void follow(UUID plan, Signal signal) {
        followers.compute(plan, (_, others) -> {
            Set<Signal> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(signal);
            return all;
        });
    }

    /** Ends {@link #follow}. */
    void unfollow(UUID plan, Signal signal) {
        followers.computeIfPresent(plan, (_, others) -> {
            others.remove(signal);
            return others.isEmpty() ? null : others;
        });
    }
}
