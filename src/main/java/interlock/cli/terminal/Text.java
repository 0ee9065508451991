package interlock.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.Style;

/** A line, or a part of one, with coloured parts. */
public record Text(List<Part> parts) {
    public static final Text EMPTY = new Text(List.of());

    public record Part(String text, Style style) {
        public Part(String text) {
            this(text, Style.reset);
        }

        private Part with(String other) {
            return new Part(other, style);
        }
    }

    public static Text of(String text) {
        return EMPTY.plus(text);
    }

    public static Text of(String text, Style style) {
        return EMPTY.plus(text, style);
    }

    /** {@return a state's mark and its name} */
    public static Text of(StateMark mark, String state, TerminalStyle look) {
        return look.terminal() ? of(mark.shown(look) + " " + state, mark.colour()) : of(state);
    }

    public Text plus(String text) {
        return plus(new Part(text));
    }

    public Text plus(String text, Style style) {
        return plus(new Part(text, style));
    }

    public Text plus(Text other) {
        return new Text(Stream.concat(parts.stream(), other.parts.stream()).toList());
    }

    private Text plus(Part part) {
        return new Text(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    public int columns() {
        return parts.stream().mapToInt(part -> Columns.of(part.text())).sum();
    }

    /** {@return the text in characters that can be shown} */
    public Text readable(TerminalStyle look) {
        return new Text(parts.stream()
                .map(part -> part.with(look.readable(part.text())))
                .toList());
    }

    /** {@return the text, clipped to the columns; a clipped text ends with an ellipsis} */
    public Text clipped(int columns, TerminalStyle look) {
        if (columns() <= columns) {
            return this;
        }
        List<Part> kept = new ArrayList<>();
        int left = columns;
        for (int place = 0; place < parts.size() && left > 0; place++) {
            Part part = parts.get(place);
            int wanted = Columns.of(part.text());
            boolean last = wanted > left || (wanted == left && place < parts.size() - 1);
            String text = last ? Columns.clipped(part.text() + " ", left, look.ellipsis()) : part.text();
            kept.add(part.with(text));
            left -= last ? left : wanted;
        }
        return new Text(kept);
    }

    /** {@return the text with its colours, if colours are used} */
    public String shown(TerminalStyle look) {
        StringBuilder text = new StringBuilder();
        parts.forEach(
                part -> text.append(part.style() == Style.reset ? part.text() : look.paint(part.text(), part.style())));
        return text.toString();
    }
}
