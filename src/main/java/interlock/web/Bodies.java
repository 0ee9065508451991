package interlock.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.javalin.http.Context;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the bodies of requests: JSON, or YAML where the content type says so. */
final class Bodies {
    /** The longest body that is read, in bytes. */
    static final int LONGEST = 40_000_000;

    private static final int LONGEST_LINE = 100_000;

    /** How much of a refused body is read and thrown away, so that its sender hears why instead of a broken pipe. */
    private static final long DRAINED = 20L * LONGEST;

    /** A body that is too long is to be told so, and not that one of its values is. */
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder().maxStringLength(LONGEST).build();

    private static final ObjectMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final YAMLMapper YAML = yaml();

    private Bodies() {}

    private static YAMLMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(LIMITS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return YAMLMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Reads a plan document. */
    static JsonNode read(Context ctx) throws IOException {
        JsonNode node = any(ctx);
        if (node.isMissingNode()) {
            throw Problem.badRequest("The body is empty; a plan document in JSON or YAML was expected.");
        }
        if (!node.isObject()) {
            throw Problem.badRequest("The body is not an object; a plan document was expected.");
        }
        return node;
    }

    /** Reads a body of whatever shape; a missing node, if there is none. */
    static JsonNode any(Context ctx) throws IOException {
        if (ctx.contentLength() > LONGEST) {
            throw tooLarge();
        }
        String type = Optional.ofNullable(ctx.contentType()).orElse("").toLowerCase(Locale.ROOT);
        JsonNode node = read(new Bounded(ctx.bodyInputStream()), type.contains("yaml"));
        return node == null ? MissingNode.getInstance() : node;
    }

    private static @Nullable JsonNode read(InputStream body, boolean yaml) throws IOException {
        try {
            return yaml ? readYaml(body.readAllBytes()) : JSON.readTree(body);
        } catch (CharConversionException | CharacterCodingException e) {
            throw Problem.badRequest("The body cannot be read: it is not UTF-8. " + e.getMessage());
        } catch (EOFException e) {
            throw Problem.badRequest("The body ended before its time.");
        }
    }

    /** JSON is YAML too, and in one line more often than not. */
    private static @Nullable JsonNode readYaml(byte[] body) throws IOException {
        if (body.length > 0 && body[0] == '{') {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException _) {
                // YAML allows more
            }
        }
        refuseLongLines(body);
        return YAML.readTree(new WithoutAliases(YAML.getFactory().createParser(body)));
    }

    /** The time in which YAML is read grows with the square of the length of its lines. */
    private static void refuseLongLines(byte[] body) {
        int line = 1;
        int start = 0;
        for (int at = 0; at < body.length; at++) {
            if (body[at] == '\n') {
                line++;
                start = at;
            } else if (at - start > LONGEST_LINE) {
                throw Problem.badRequest("The body cannot be read: line %d is longer than %d bytes. Send it as JSON."
                        .formatted(line, LONGEST_LINE));
            }
        }
    }

    /** Reads what is left of a body, and throws it away. */
    static void drain(Context ctx) {
        byte[] buffer = new byte[65_536];
        long drained = 0;
        try {
            InputStream rest = ctx.bodyInputStream();
            for (int read = 0; read >= 0 && drained < DRAINED; read = rest.read(buffer)) {
                drained += read;
            }
        } catch (IOException _) {
            // its sender has gone; nobody is left to be told anything
        }
    }

    private static Problem tooLarge() {
        return new Problem(413, "Content Too Large", "The body is longer than %d bytes.".formatted(LONGEST), List.of());
    }

    /** An alias would be read as if its name were the value. Nobody means that. */
    private static final class WithoutAliases extends JsonParserDelegate {
        private final YAMLParser yaml;

        WithoutAliases(YAMLParser yaml) {
            super(yaml);
            this.yaml = yaml;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (yaml.isCurrentAlias()) {
                throw new JsonParseException(
                        yaml, "aliases (*%s) are not taken; write out what it stands for".formatted(yaml.getText()));
            }
            return token;
        }
    }

    /** Ends the reading of a body that does not say how long it is. */
    private static final class Bounded extends FilterInputStream {
        private long left = LONGEST;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw tooLarge();
            }
            return read;
        }
    }
}
