package interlock.web.v1;

import interlock.web.http.Problem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats of a plan's graph. */
enum GraphFormat {
    JSON("application/json"),
    DOT("text/vnd.graphviz"),
    MERMAID("text/vnd.mermaid");

    private final String mediaType;

    GraphFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** One media range of an Accept header. */
    private record Range(String type, double quality) {
        static Range of(String text) {
            String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
            double quality = Arrays.stream(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(parameter -> parameter.startsWith("q="))
                    .mapToDouble(parameter -> quality(parameter.substring(2)))
                    .findFirst()
                    .orElse(1);
            return new Range(parts[0].strip(), quality);
        }

        private static double quality(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException _) {
                return 0;
            }
        }

        Optional<GraphFormat> format() {
            return Arrays.stream(values())
                    .filter(format -> type.equals("*/*")
                            || type.equals(format.mediaType)
                            || (type.endsWith("/*")
                                    && format.mediaType.startsWith(type.substring(0, type.length() - 1))))
                    .findFirst();
        }
    }

    /**
     * {@return the requested format: the argument takes precedence over the Accept header; the default is JSON}
     *
     * @throws Problem when the argument is unknown
     */
    static GraphFormat wanted(@Nullable String argument, @Nullable String accept) {
        return argument == null ? accepted(Optional.ofNullable(accept).orElse("")) : named(argument);
    }

    private static GraphFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> Problem.badRequest("format must be json, dot or mermaid, not '%s'.".formatted(name)));
    }

    private static GraphFormat accepted(String accept) {
        return Arrays.stream(accept.split(",", -1))
                .map(Range::of)
                .filter(range -> range.quality() > 0)
                .sorted(Comparator.comparing(Range::quality, Comparator.reverseOrder()))
                .flatMap(range -> range.format().stream())
                .findFirst()
                .orElse(JSON);
    }
}
