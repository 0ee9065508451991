package interlock.schedule;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds a short schedule for a project. A pure function. */
public final class Scheduler {
    /** Larger projects get the priority rules only, without a search. */
    private static final int MOST_SEARCHED = 5_000;

    private Scheduler() {}

    /**
     * {@return the best result of the priority rules and, within the budget, of a search} Half of the budget goes to
     * the applier's schedule, the other half to the shortest schedule.
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

    /** {@return a lower bound of the project's makespan in nanoseconds} */
    public static long lowerBound(Project project) {
        return LowerBound.of(Network.of(project));
    }

    private static Timetable shorter(Timetable one, Optional<Timetable> other) {
        return other.filter(its -> its.makespan() < one.makespan()).orElse(one);
    }
}
