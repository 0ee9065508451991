package interlock.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Measurements in a browser: printed, and stored in a file beside the pictures. */
final class Figures {
    private static final Path FILE = Visitor.FOLDER.resolve(
            "figures-%d.json".formatted(ProcessHandle.current().pid()));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Figures() {}

    /** Tells what was measured, in milliseconds. */
    static synchronized void tell(String what, Map<String, ? extends Number> figures) throws IOException {
        System.out.printf("in a browser, %s: %s%n", what, figures);
        Files.createDirectories(Visitor.FOLDER);
        ObjectNode all = Files.exists(FILE) ? (ObjectNode) JSON.readTree(FILE.toFile()) : JSON.createObjectNode();
        all.set(what, JSON.valueToTree(figures));
        JSON.writeValue(FILE.toFile(), all);
    }

    /** {@return the value that this part of all values does not exceed} */
    static double quantile(List<? extends Number> values, double part) {
        var sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    }
}
