package interlock.cli.terminal;

import java.util.OptionalInt;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The capabilities of standard output.
 *
 * @param width the columns of the terminal; empty if it is not a terminal: then nothing is clipped or omitted
 * @param colours whether colours are used
 * @param drawing whether box-drawing characters are used; otherwise ASCII
 */
public record TerminalStyle(OptionalInt width, boolean colours, boolean drawing) {
    public boolean terminal() {
        return width.isPresent();
    }

    public String paint(String text, Style style) {
        return colours && !text.isEmpty() ? style.on() + text + Style.reset.on() : text;
    }

    /** {@return the text with question marks for the characters that cannot be shown} */
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
