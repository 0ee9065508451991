package interlock.neo4j;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A file of the folder {@code cypher}, by its path without the ending. */
record CypherFile(String name, String text) {
    static final Path FOLDER = Path.of("cypher");

    /** 5.26 speaks the first, later servers both. */
    static final List<String> LANGUAGES = List.of("CYPHER 5", "CYPHER 25");

    static List<CypherFile> all() throws IOException {
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            List<CypherFile> files = new ArrayList<>();
            for (Path path : paths.filter(path -> path.toString().endsWith(".cypher"))
                    .sorted()
                    .toList()) {
                String name = FOLDER.relativize(path).toString().replace('\\', '/');
                files.add(new CypherFile(name.replace(".cypher", ""), Files.readString(path)));
            }
            return files;
        }
    }

    String head() {
        return text.lines().takeWhile(line -> line.startsWith("//")).collect(joining("\n"));
    }

    String body() {
        return text.lines().filter(line -> !line.strip().startsWith("//")).collect(joining("\n"));
    }

    boolean isMigration() {
        return name.matches("schema/V\\d+__\\w+");
    }

    boolean isForPeople() {
        return name.startsWith("explore/");
    }

    @Override
    public String toString() {
        return name;
    }
}
