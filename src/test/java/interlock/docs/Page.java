package interlock.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of the documentation: its fenced blocks and the code in its text.
 *
 * @param code what stands between backticks in the text
 */
record Page(Path path, List<Block> blocks, List<String> code) {
    private static final String FENCE = "```";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * A fenced block.
     *
     * @param line the number of its first line
     * @param info what follows the fence: a language, and a kind where the language has several
     */
    record Block(int line, String info, String text) {}

    static Page read(Path path) throws IOException {
        List<Block> blocks = new ArrayList<>();
        StringBuilder prose = new StringBuilder();
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int first = i + 1;
                int end = first + lines.subList(first, lines.size()).indexOf(FENCE);
                String info = lines.get(i).substring(FENCE.length()).strip();
                blocks.add(new Block(first + 1, info, String.join("\n", lines.subList(first, end)) + "\n"));
                i = end;
            } else {
                prose.append(lines.get(i)).append('\n');
            }
        }
        List<String> code = CODE.matcher(prose)
                .results()
                .map(found -> found.group(1).replace('\n', ' '))
                .toList();
        return new Page(path, blocks, code);
    }
}
