package interlock.schedule;

/** What a scheduler found for a project. */
public final class Schedule {
    private final long lowerBound;
    private final Rule rule;
    private final Timetable byRule;
    private final Timetable applied;
    private final Timetable shortest;
    private final double[] priorities;

    Schedule(long lowerBound, Rule rule, Timetable byRule, Timetable applied, Timetable shortest) {
        this.lowerBound = lowerBound;
        this.rule = rule;
        this.byRule = byRule;
        this.applied = applied;
        this.shortest = shortest;
        priorities = applied.priorities();
    }

    /** {@return a time, in nanoseconds, below which no schedule can end} */
    public long lowerBound() {
        return lowerBound;
    }

    /** {@return the rule that is best without a search} */
    public Rule rule() {
        return rule;
    }

    /** {@return what the best rule makes} */
    public Timetable byRule() {
        return byRule;
    }

    /** {@return what the applier does by these priorities, if the durations hold} It starts whatever can start. */
    public Timetable applied() {
        return applied;
    }

    /**
     * {@return the shortest that was found} It may leave a resource idle although a ready action wants it, for one that
     * comes later: the applier, which does not wait like that, may need a little more.
     */
    public Timetable shortest() {
        return shortest;
    }

    /** {@return an action's priority: by these, the highest first, the applier does what {@link #applied} says; no two are equal} */
    public double priority(int action) {
        return priorities[action];
    }
}
