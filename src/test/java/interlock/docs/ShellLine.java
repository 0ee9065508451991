package interlock.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A command as a shell reads it, as far as the pages need that: quotes, variables, comments.
 *
 * @param words the words of its first command
 * @param piped whether another command or a file takes its output
 */
record ShellLine(List<String> words, boolean piped) {
    /** {@return the commands of a block} A backslash continues a line; comments are left out. */
    static List<String> commands(String text) {
        return text.replaceAll("\\\\\n\\s*", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    static ShellLine of(String line, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                open = true;
            } else if (c == '$' && quote != '\'') {
                String name = line.substring(i + 1)
                        .chars()
                        .takeWhile(next -> Character.isUpperCase(next) || next == '_')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
                if (!variables.containsKey(name)) {
                    throw new AssertionError("$%s has no value in: %s".formatted(name, line));
                }
                word.append(variables.get(name));
                open = true;
                i += name.length();
            } else if (quote == 0 && (c == '|' || c == '>' || c == '&' || (c == '#' && !open))) {
                if (open) {
                    words.add(word.toString());
                }
                return new ShellLine(words, c == '|' || c == '>');
            } else if (quote == 0 && c == ' ') {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                    open = false;
                }
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return new ShellLine(words, false);
    }
}
