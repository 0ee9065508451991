package interlock.schedule;

/** The result of a {@link Scheduler} for a project. */
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

    /** {@return a lower bound of the makespan in nanoseconds} */
    public long lowerBound() {
        return lowerBound;
    }

    /** {@return the best rule, before any search} */
    public Rule rule() {
        return rule;
    }

    /** {@return the timetable of the best rule} */
    public Timetable byRule() {
        return byRule;
    }

    /**
     * {@return the applier's timetable with these priorities, if the estimated durations hold} No resource idles while
     * a ready action could use it.
     */
    public Timetable applied() {
        return applied;
    }

    /**
     * {@return the shortest timetable that was found} It may leave a resource idle for a later action although a ready
     * action could use it. The applier never does so and may take slightly longer.
     */
    public Timetable shortest() {
        return shortest;
    }

    /**
     * {@return an action's priority} With these priorities, highest first, the applier follows {@link #applied}. No two
     * are equal.
     */
    public double priority(int action) {
        return priorities[action];
    }
}
