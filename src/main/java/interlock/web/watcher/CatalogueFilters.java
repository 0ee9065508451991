package interlock.web.watcher;

import interlock.strategy.Strategies;
import interlock.web.http.Query;
import java.util.Optional;

/** The filters of lists by goal and by strategy, which are given by their uuid or name; unknown ones are rejected. */
public final class CatalogueFilters {
    private CatalogueFilters() {}

    /** {@return the goal in the argument {@code goal}, if present} */
    static Optional<Strategies.Goal> goal(Query query) {
        return query.text("goal")
                .map(key -> Strategies.goal(key)
                        .orElseThrow(() -> Query.unacceptable(
                                "goal",
                                key,
                                Strategies.GOALS.stream()
                                        .map(Strategies.Goal::name)
                                        .toList())));
    }

    /** {@return the strategy in the argument {@code strategy}, if present} */
    public static Optional<Strategies.Strategy> strategy(Query query) {
        return query.text("strategy")
                .map(key -> Strategies.strategy(key)
                        .orElseThrow(() -> Query.unacceptable(
                                "strategy",
                                key,
                                Strategies.STRATEGIES.stream()
                                        .map(Strategies.Strategy::name)
                                        .toList())));
    }
}
