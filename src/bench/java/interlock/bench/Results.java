package interlock.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The results of a benchmark, written as JSON, Markdown and a chart. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final String name;
    private final Machine machine;
    private final String command;
    private final String loadBefore = Machine.load();
    private final List<Table> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A table of results.
     *
     * @param rows each as long as {@code columns}: texts, numbers and {@link Spread}s
     */
    record Table(String title, List<String> columns, List<List<Object>> rows) {
        private String markdown() {
            String head = "## %s%n%n%s%n%s%n".formatted(title, line(columns), line(columns.stream()
                    .map(_ -> "---")
                    .toList()));
            return head + rows.stream().map(Table::line).collect(Collectors.joining("\n")) + "\n";
        }

        private static String line(List<?> cells) {
            return cells.stream().map(Table::cell).collect(Collectors.joining(" | ", "| ", " |"));
        }

        private static String cell(Object value) {
            return value instanceof Double number ? Spread.text(number) : String.valueOf(value);
        }
    }

    private record Document(
            String benchmark,
            String command,
            Machine machine,
            String loadBefore,
            String loadAfter,
            List<String> notes,
            List<Table> tables) {}

    Results(String name, String command, Machine machine) {
        this.name = name;
        this.command = command;
        this.machine = machine;
    }

    void add(Table table) {
        tables.add(table);
    }

    /** Adds a note for readers of the results. */
    void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** Writes the results to the directory, and the tables to standard output, too. */
    void write(Path directory, Chart chart) {
        String loadAfter = Machine.load();
        String markdown = markdown(loadAfter);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name + ".md"), markdown);
            Files.writeString(directory.resolve(name + ".svg"), chart.svg());
            JSON.writeValue(
                    directory.resolve(name + ".json").toFile(),
                    new Document(name, command, machine, loadBefore, loadAfter, notes, tables));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(markdown);
        System.out.printf("Written to %s.{json,md,svg}%n", directory.resolve(name));
    }

    private String markdown(String loadAfter) {
        StringBuilder text = new StringBuilder("# %s%n%n".formatted(name));
        text.append("`%s`%n%n".formatted(command));
        text.append("%s, %d cores; %s; %s; %s; service: %s; %s. Load average: %s before, %s after.%n%n"
                .formatted(
                        machine.cpu(),
                        machine.cores(),
                        machine.system(),
                        machine.disk(),
                        machine.java(),
                        String.join(" ", machine.service()),
                        machine.versions(),
                        loadBefore,
                        loadAfter));
        notes.forEach(note -> text.append("- %s%n".formatted(note)));
        tables.forEach(table -> text.append("\n").append(table.markdown()));
        return text.toString();
    }
}
