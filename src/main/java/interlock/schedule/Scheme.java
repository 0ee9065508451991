package interlock.schedule;

/** Generates a schedule from an order of the actions. */
sealed interface Scheme permits ParallelScheme, SerialScheme {
    /** {@return the makespan if the actions are considered in this order} */
    long run(int[] order);

    /** {@return the end of each action in the last run} The next run overwrites the array. */
    long[] finish();
}
