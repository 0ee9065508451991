package interlock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Compares the output that a page shows with the real one: numbers, uuids, bars and paths may differ. */
final class OutputShape {
    /** The parts that may differ, and the patterns that replace them. The first match counts. */
    private static final List<Map.Entry<Pattern, String>> VARIABLE = List.of(
            Map.entry(Pattern.compile("\\s+"), "\\s+"),
            Map.entry(Pattern.compile("…"), ".*"),
            Map.entry(Pattern.compile("\\b[0-9a-f]{8}\\b"), "[0-9a-f]{8}"),
            Map.entry(Pattern.compile("\\d+(\\.\\d+)?[smhd]\\b"), "\\d+(\\.\\d+)?[smhd]( \\d+s)?"),
            Map.entry(Pattern.compile("\\d+"), "\\d+"),
            Map.entry(Pattern.compile("[█▒░]+"), "[█▒░]+"),
            Map.entry(Pattern.compile("data/"), "\\S*/"),
            Map.entry(Pattern.compile("the built-in topology"), ".+"));

    private static final Pattern ANY = Pattern.compile(String.join(
            "|",
            VARIABLE.stream()
                    .map(entry -> "(?:" + entry.getKey().pattern() + ")")
                    .toList()));

    private OutputShape() {}

    /** Fails unless each line that is shown has a line of its shape in the output. */
    static void check(List<String> shown, String output) {
        List<String> lines = output.lines().map(String::strip).toList();
        assertThat(shown)
                .filteredOn(line -> !line.isBlank())
                .allSatisfy(line -> assertThat(lines)
                        .as("the output, for the line of the page: %s", line)
                        .anyMatch(Pattern.compile(shape(line.strip())).asMatchPredicate()));
    }

    private static String shape(String line) {
        StringBuilder shape = new StringBuilder();
        int end = 0;
        for (MatchResult found : ANY.matcher(line).results().toList()) {
            shape.append(Pattern.quote(line.substring(end, found.start()))).append(instead(found.group()));
            end = found.end();
        }
        return shape.append(Pattern.quote(line.substring(end))).toString();
    }

    private static String instead(String text) {
        return VARIABLE.stream()
                .filter(entry -> entry.getKey().matcher(text).matches())
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
