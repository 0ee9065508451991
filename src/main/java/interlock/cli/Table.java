package interlock.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Rows in columns as wide as they need to be. */
final class Table {
    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    private Table(int columns) {
        widths = new int[columns];
    }

    /** A table that begins with its headers. */
    static Table of(String... headers) {
        Table table = new Table(headers.length);
        table.row(headers);
        return table;
    }

    static Table withoutHeaders(int columns) {
        return new Table(columns);
    }

    void row(String... cells) {
        List<String> row = Arrays.stream(cells).map(Table::printable).toList();
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], length(row.get(column)));
        }
        rows.add(row);
    }

    /** {@return the text in one line, and without what a terminal would take as a command} */
    static String printable(String text) {
        return text.strip().replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        rows.forEach(row -> text.add(line(row)));
        return text.toString();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - length(cell) + GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
