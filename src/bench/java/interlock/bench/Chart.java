package interlock.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * An SVG chart with logarithmic axes: lines over numbers, or dots over names. Each point shows its spread.
 *
 * <p>Written by hand, because common plot libraries draw with AWT, which needs fonts that servers lack.
 */
final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int LEFT = 90;
    private static final int RIGHT = 690;
    private static final int TOP = 50;
    private static final int BOTTOM = 400;
    private static final List<String> COLOURS = List.of(
            "#1b6ca8", "#c0392b", "#57a639", "#8e44ad", "#d68910", "#148f77", "#5d6d7e", "#a04000", "#e84393", "#2c3e50");

    private final String title;
    private final String unit;
    private final String over;
    private final Map<String, List<Point>> series = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    private record Point(double x, Spread y) {}

    /**
     * Creates an empty chart.
     *
     * @param unit the unit of the vertical axis
     * @param over the unit of the horizontal axis
     */
    Chart(String title, String unit, String over) {
        this.title = title;
        this.unit = unit;
        this.over = over;
    }

    /** Adds a point over a number. */
    void add(String line, double x, Spread y) {
        series.computeIfAbsent(line, _ -> new ArrayList<>()).add(new Point(x, y));
    }

    /** Adds a point over a name. A chart has either names or numbers. */
    void add(String line, String name, Spread y) {
        if (!names.contains(name)) {
            names.add(name);
        }
        add(line, names.indexOf(name), y);
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, LEFT, 24, "start", title + ": " + unit);
        Scale y = Scale.over(points(point -> point.y().min()), points(point -> point.y().max()), BOTTOM, TOP);
        y.decades().forEach(value -> {
            line(svg, LEFT, y.at(value), RIGHT, y.at(value), "#dddddd", 1);
            text(svg, LEFT - 8, y.at(value) + 4, "end", Spread.text(value));
        });
        if (names.isEmpty()) {
            Scale x = Scale.over(points(Point::x), points(Point::x), LEFT + 20, RIGHT - 20);
            x.decades().forEach(value -> text(svg, x.at(value), BOTTOM + 20, "middle", Spread.text(value)));
            series(svg, x::at, y, true);
        } else {
            double step = (RIGHT - LEFT) / (double) names.size();
            for (int name = 0; name < names.size(); name++) {
                slanted(svg, LEFT + (name + 0.5) * step, BOTTOM + 14, names.get(name));
            }
            series(svg, place -> LEFT + (place + 0.5) * step, y, false);
        }
        text(svg, RIGHT, HEIGHT - 8, "end", over);
        return svg.append("</svg>\n").toString();
    }

    private void series(StringBuilder svg, Place x, Scale y, boolean joined) {
        int number = 0;
        for (Map.Entry<String, List<Point>> each : series.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            // shifted, so that points do not hide each other
            double shift = (number - (series.size() - 1) / 2.0) * 3;
            List<Point> points = each.getValue();
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                double at = x.at(point.x()) + shift;
                line(svg, at, y.at(point.y().min()), at, y.at(point.y().max()), colour, 1);
                svg.append(format(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n",
                        at, y.at(point.y().median()), colour));
                if (joined && i > 0) {
                    Point before = points.get(i - 1);
                    line(svg, x.at(before.x()) + shift, y.at(before.y().median()), at, y.at(point.y().median()), colour, 2);
                }
            }
            int row = TOP + 18 * number;
            svg.append(format(
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n", RIGHT + 20, row, colour));
            text(svg, RIGHT + 38, row + 10, "start", each.getKey());
            number++;
        }
    }

    private List<Double> points(ToDoubleFunction<Point> value) {
        return series.values().stream()
                .flatMap(List::stream)
                .map(value::applyAsDouble)
                .toList();
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour, int width) {
        svg.append(format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>\n",
                x1, y1, x2, y2, colour, width));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped(text)));
    }

    private static void slanted(StringBuilder svg, double x, double y, String text) {
        svg.append(format(
                "<text text-anchor=\"end\" transform=\"translate(%.1f %.1f) rotate(-35)\">%s</text>\n",
                x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private interface Place {
        double at(double value);
    }

    /** From the power of ten below the smallest value to the one above the largest. */
    private record Scale(int from, int to, double begin, double end) {
        static Scale over(List<Double> least, List<Double> largest, double begin, double end) {
            double min = least.stream().filter(value -> value > 0).min(Double::compare).orElse(1.0);
            double max = largest.stream().max(Double::compare).filter(value -> value > 0).orElse(1.0);
            int from = (int) Math.floor(Math.log10(min));
            int to = (int) Math.ceil(Math.log10(max));
            return new Scale(from, Math.max(to, from + 1), begin, end);
        }

        double at(double value) {
            double log = value > 0 ? Math.log10(value) : from;
            return begin + (log - from) / (to - from) * (end - begin);
        }

        List<Double> decades() {
            List<Double> decades = new ArrayList<>();
            for (int power = from; power <= to; power++) {
                decades.add(Math.pow(10, power));
            }
            return decades;
        }
    }
}
