package interlock.schedule;

/** A way to make a schedule of an order of the actions. */
sealed interface Scheme permits ParallelScheme, SerialScheme {
    /** {@return the makespan, when the actions are considered in this order} */
    long run(int[] order);

    /** {@return when each action ended in the last run} The array is overwritten by the next. */
    long[] finish();
}
