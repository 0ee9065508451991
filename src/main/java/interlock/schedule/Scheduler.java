package interlock.schedule;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds in which order the actions of a project had best start. A pure function. */
public final class Scheduler {
    /** With more actions, every rule is tried, but no search is made. */
    private static final int MOST_SEARCHED = 5_000;

    private Scheduler() {}

    /**
     * {@return the best of some priority rules and, as far as the budget goes, of a search} One half of the budget goes
     * to what the applier will do, the other to the shortest schedule there may be.
     */
    public static Schedule schedule(Project project, Budget budget) {
        BooleanSupplier all = budget.allowance();
        Network network = Network.of(project);
        long bound = LowerBound.of(network);
        Rule best = Rule.LONGEST_REMAINING_PATH;
        Timetable byRule = Greedy.run(network, best.order(network));
        for (Rule rule : Rule.values()) {
            if (rule == best || byRule.makespan() <= bound) {
                continue;
            }
            Timetable found = Greedy.run(network, rule.order(network));
            if (found.makespan() < byRule.makespan()) {
                best = rule;
                byRule = found;
            }
        }
        if (!budget.isPositive() || byRule.makespan() <= bound || network.size() > MOST_SEARCHED) {
            return new Schedule(bound, best, byRule, byRule, byRule);
        }
        BooleanSupplier half = budget.half().allowance();
        Timetable applied = shorter(
                byRule,
                new Search(network, new ParallelScheme(network), budget.seed())
                        .run(bound, () -> half.getAsBoolean() && all.getAsBoolean()));
        Timetable shortest = applied.makespan() <= bound
                ? applied
                : shorter(applied, new Search(network, new SerialScheme(network), budget.seed()).run(bound, all));
        return new Schedule(bound, best, byRule, applied, shortest);
    }

    /** {@return a time, in nanoseconds, below which no schedule of the project can end} */
    public static long lowerBound(Project project) {
        return LowerBound.of(Network.of(project));
    }

    private static Timetable shorter(Timetable one, Optional<Timetable> other) {
        return other.filter(its -> its.makespan() < one.makespan()).orElse(one);
    }
}
