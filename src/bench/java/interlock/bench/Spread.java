package interlock.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The median and range of several measurements. */
record Spread(double median, double min, double max) {
    static Spread of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(quantile(sorted, 0.5), sorted.getFirst(), sorted.getLast());
    }

    static <T> Spread of(Collection<T> rounds, ToDoubleFunction<T> value) {
        return of(rounds.stream().map(value::applyAsDouble).toList());
    }

    /** {@return the quantile of sorted values} */
    static double quantile(List<Double> sorted, double part) {
        double place = part * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    @Override
    public String toString() {
        return min == max ? text(median) : "%s (%s–%s)".formatted(text(median), text(min), text(max));
    }

    /** {@return a number with three significant digits} */
    static String text(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
