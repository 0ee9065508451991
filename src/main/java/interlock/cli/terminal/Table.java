package interlock.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi.Style;

/** Rows in columns as wide as they need to be, or as the terminal lets them be. */
public final class Table {
    private static final int GAP = 2;

    /** Columns stay as wide as that before lines are cut off. */
    private static final int NARROWEST = 5;

    /** What a terminal would take as a command, a new line, or a change of the direction of writing; halves of characters. */
    private static final Pattern UNPRINTABLE = Pattern.compile(
            "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\x{61c}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]+");

    private static final TerminalStyle PLAIN = new TerminalStyle(OptionalInt.empty(), false, true);

    private final List<List<Text>> rows = new ArrayList<>();
    private final int columns;
    private int[] dispensable = {};
    private int[] flexible;
    private int comfortable = 16;

    private Table(int columns) {
        this.columns = columns;
        this.flexible = IntStream.range(0, columns).toArray();
    }

    /** A table that begins with its headers. */
    public static Table of(String... headers) {
        Table table = new Table(headers.length);
        table.rows.add(Arrays.stream(headers)
                .map(header -> Text.of(header, Style.bold))
                .toList());
        return table;
    }

    public static Table withoutHeaders(int columns) {
        return new Table(columns);
    }

    /** Names the columns that may be left out where there is no room for all, in the order in which they are. */
    public Table dispensable(int... those) {
        dispensable = those;
        return this;
    }

    /** Names the columns that are clipped first, and how wide they stay as long as others can be left out. */
    public Table flexible(int width, int... those) {
        comfortable = width;
        flexible = those;
        return this;
    }

    public void row(String... cells) {
        row(Arrays.stream(cells).map(cell -> Text.of(printable(cell))).toArray(Text[]::new));
    }

    public void row(Text... cells) {
        rows.add(List.of(cells));
    }

    /** A line that goes over all columns. */
    public void line(Text text) {
        rows.add(List.of(text));
    }

    /** {@return the text in one line, and without what a terminal would take as a command} */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    @Override
    public String toString() {
        return drawn(PLAIN);
    }

    public String drawn(TerminalStyle style) {
        List<List<Text>> shown = rows.stream()
                .map(row -> row.stream().map(cell -> cell.readable(style)).toList())
                .toList();
        int[] natural = new int[columns];
        for (List<Text> row : shown) {
            for (int column = 0; column < columns && row.size() == columns; column++) {
                natural[column] = Math.max(natural[column], row.get(column).columns());
            }
        }
        int room = style.width().orElse(Integer.MAX_VALUE);
        int[] widths = widths(natural, room);
        StringJoiner text = new StringJoiner(System.lineSeparator());
        shown.forEach(
                row -> text.add(whole(row, widths, style).clipped(room, style).shown(style)));
        return text.toString();
    }

    /** {@return how wide each column is; 0, if it is left out} */
    private int[] widths(int[] natural, int room) {
        int[] widths = natural.clone();
        narrow(widths, flexible, room, comfortable);
        for (int place = 0; place < dispensable.length && width(widths) > room; place++) {
            natural[dispensable[place]] = 0;
            widths = natural.clone();
            narrow(widths, flexible, room, comfortable);
        }
        narrow(widths, flexible, room, NARROWEST);
        narrow(widths, IntStream.range(0, columns).toArray(), room, NARROWEST);
        return widths;
    }

    /** Takes from the widest column, one after the other. */
    private static void narrow(int[] widths, int[] those, int room, int least) {
        for (int excess = width(widths) - room; excess > 0; excess--) {
            int widest = Arrays.stream(those)
                    .reduce((one, other) -> widths[other] > widths[one] ? other : one)
                    .orElseThrow();
            if (widths[widest] <= least) {
                return;
            }
            widths[widest]--;
        }
    }

    private static int width(int[] widths) {
        return Arrays.stream(widths)
                        .filter(width -> width > 0)
                        .map(width -> width + GAP)
                        .sum()
                - GAP;
    }

    private static Text whole(List<Text> row, int[] widths, TerminalStyle style) {
        if (row.size() < widths.length) {
            return row.getFirst();
        }
        Text line = Text.EMPTY;
        int gap = 0;
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] > 0) {
                Text cell = row.get(column).clipped(widths[column], style);
                if (cell.columns() > 0) {
                    line = line.plus(" ".repeat(gap)).plus(cell);
                    gap = 0;
                }
                gap += widths[column] - cell.columns() + GAP;
            }
        }
        return line;
    }
}
