package interlock.model;

/**
 * How long an attempt of an action is thought to take: an estimate, corrected by what earlier attempts with such
 * estimates took, or without an estimate what earlier attempts took.
 *
 * @param scale the estimate in seconds; 1 without an estimate, and if nothing is known
 * @param sample the recorded attempts in units of {@code scale}
 */
public record ExpectedDuration(double scale, DurationSample sample) {
    /** {@return an estimate, and what attempts took in relation to their estimates} */
    public static ExpectedDuration estimated(double seconds, DurationSample shares) {
        return new ExpectedDuration(Math.max(0, seconds), shares);
    }

    /** {@return what earlier attempts took; without any, {@link ActionGraph#WITHOUT_ESTIMATE}} */
    public static ExpectedDuration recorded(DurationSample seconds) {
        return new ExpectedDuration(
                seconds.successes() == 0 ? ActionGraph.WITHOUT_ESTIMATE.toNanos() / 1e9 : 1, seconds);
    }

    /** {@return the seconds that this share of the attempts does not exceed} */
    public double seconds(double share) {
        return scale * sample.quantile(share);
    }

    /** {@return the seconds that an attempt still needs, at this quantile, if it runs for {@code elapsed} seconds} */
    public double remaining(double elapsed, double share) {
        return scale == 0 ? 0 : scale * sample.remaining(Math.max(0, elapsed) / scale, share);
    }
}
