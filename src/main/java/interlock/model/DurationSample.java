package interlock.model;

import java.util.Arrays;
import java.util.List;

/**
 * How long the latest attempts of one kind of action took, as the quantiles of successful and of failed attempts.
 * Immutable.
 */
public final class DurationSample {
    /** No attempt was recorded: the duration is what was estimated. */
    public static final DurationSample NONE = new DurationSample(new double[0], new double[0]);

    /** The share of the elapsed time that an action needs still if it runs for longer than all that were recorded. */
    private static final double OVERDUE = 0.1;

    private final double[] succeeded;
    private final double[] failed;

    private DurationSample(double[] succeeded, double[] failed) {
        this.succeeded = succeeded;
        this.failed = failed;
        Arrays.sort(succeeded);
        Arrays.sort(failed);
    }

    /**
     * {@return the sample of these attempts}
     *
     * @param durations in any unit
     * @param succeeded whether the attempt at the same place succeeded; otherwise it failed
     * @throws IllegalArgumentException if the lists differ in length
     */
    public static DurationSample of(List<Double> durations, List<Boolean> succeeded) {
        if (durations.size() != succeeded.size()) {
            throw new IllegalArgumentException(
                    "%d durations of %d attempts".formatted(durations.size(), succeeded.size()));
        }
        return new DurationSample(chosen(durations, succeeded, true), chosen(durations, succeeded, false));
    }

    private static double[] chosen(List<Double> durations, List<Boolean> succeeded, boolean which) {
        double[] chosen = new double[durations.size()];
        int count = 0;
        for (int at = 0; at < chosen.length; at++) {
            if (succeeded.get(at) == which) {
                chosen[count++] = durations.get(at);
            }
        }
        return Arrays.copyOf(chosen, count);
    }

    /** {@return the number of recorded attempts} */
    public int size() {
        return succeeded.length + failed.length;
    }

    /** {@return the number of recorded attempts that succeeded} */
    public int successes() {
        return succeeded.length;
    }

    /** {@return the share of recorded attempts that failed; 0 without any} */
    public double failureShare() {
        return failed.length == 0 ? 0 : (double) failed.length / size();
    }

    /** {@return the duration that this share of the successful attempts did not exceed; 1 without any} */
    public double quantile(double share) {
        return quantile(succeeded, share);
    }

    /** {@return the duration that this share of the failed attempts did not exceed} */
    public double failedQuantile(double share) {
        return failed.length == 0 ? quantile(share) : quantile(failed, share);
    }

    /**
     * {@return the time that an attempt still needs} Only the recorded attempts that took longer than it already runs
     * count.
     *
     * @param elapsed for how long it runs
     * @param share of these attempts
     */
    public double remaining(double elapsed, double share) {
        double passed = passed(elapsed);
        return passed >= 1
                ? OVERDUE * elapsed
                : Math.max(0, quantile(succeeded, passed + share * (1 - passed)) - elapsed);
    }

    /** {@return the share of the successful attempts that took at most {@code elapsed}} */
    private double passed(double elapsed) {
        if (succeeded.length == 0) {
            return elapsed < 1 ? 0 : 1;
        }
        int last = succeeded.length - 1;
        if (elapsed >= succeeded[last]) {
            return 1;
        }
        int above = 0;
        while (succeeded[above] <= elapsed) {
            above++;
        }
        if (above == 0) {
            return 0;
        }
        double within = (elapsed - succeeded[above - 1]) / (succeeded[above] - succeeded[above - 1]);
        return (above - 0.5 + within) / succeeded.length;
    }

    /** Interpolates between the middles of the steps of the empirical distribution. */
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return 1;
        }
        double place = Math.clamp(share * sorted.length - 0.5, 0, sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
