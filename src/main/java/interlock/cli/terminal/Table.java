package interlock.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi.Style;

/** Rows in columns that are as wide as their texts, or as the terminal permits. */
public final class Table {
    private static final int GAP = 2;

    /** Columns keep at least this width before lines are clipped. */
    private static final int NARROWEST = 5;

    /**
     * Characters that a terminal would interpret as commands, line breaks or changes of writing direction; unpaired
     * surrogates.
     */
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

    /** Creates a table with these headers. */
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

    /** Sets the columns that may be omitted when the terminal is too narrow, in that order. */
    public Table dispensable(int... those) {
        dispensable = those;
        return this;
    }

    /**
     * Sets the columns that are clipped first, and the width that they keep while other columns can still be omitted.
     */
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

    /** Adds a line that spans all columns. */
    public void line(Text text) {
        rows.add(List.of(text));
    }

    /** {@return the text on one line, without characters that a terminal would interpret} */
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

    /** {@return the width of each column; 0 if it is omitted} */
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

    /** Narrows the widest of these columns, one column at a time, until the table fits. */
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
