package interlock.cli.terminal;

import java.util.OptionalInt;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * How standard output is written on.
 *
 * @param width the columns of the terminal; empty, if it is none: then nothing is clipped, and all is told
 * @param colours whether they are welcome
 * @param drawing whether there are characters for drawing; else ASCII is written
 */
public record TerminalStyle(OptionalInt width, boolean colours, boolean drawing) {
    public boolean terminal() {
        return width.isPresent();
    }

    public String paint(String text, Style style) {
        return colours && !text.isEmpty() ? style.on() + text + Style.reset.on() : text;
    }

    /** {@return the text as it can be shown: a question mark stands for what cannot} */
    public String readable(String text) {
        return drawing
                ? text
                : text.codePoints()
                        .map(character -> character < 0x7f ? character : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    public String ellipsis() {
        return drawing ? "…" : "..";
    }
}
