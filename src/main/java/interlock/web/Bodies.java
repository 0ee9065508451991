package interlock.web;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the bodies of requests: JSON, or YAML where the content type says so. */
final class Bodies {
    /** The longest body that is read, in bytes. */
    static final int LONGEST = 40_000_000;

    /** How much of a longer body is read and thrown away, so that its sender hears why instead of a broken pipe. */
    private static final long DRAINED = 20L * LONGEST;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = yaml();

    private Bodies() {}

    private static ObjectMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(options)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return new YAMLMapper(factory);
    }

    static JsonNode read(Context ctx) throws IOException {
        InputStream body = ctx.bodyInputStream();
        if (ctx.contentLength() > LONGEST) {
            throw tooLarge(body);
        }
        String type = Optional.ofNullable(ctx.contentType()).orElse("").toLowerCase(Locale.ROOT);
        JsonNode node = (type.contains("yaml") ? YAML : JSON).readTree(new Bounded(body));
        if (node == null || node.isMissingNode()) {
            throw Problem.badRequest("The body is empty; a plan document in JSON or YAML was expected.");
        }
        if (!node.isObject()) {
            throw Problem.badRequest("The body is not an object; a plan document was expected.");
        }
        return node;
    }

    private static Problem tooLarge(InputStream rest) throws IOException {
        byte[] buffer = new byte[65_536];
        long drained = 0;
        for (int read = 0; read >= 0 && drained < DRAINED; read = rest.read(buffer)) {
            drained += read;
        }
        return new Problem(413, "Content Too Large", "The body is longer than %d bytes.".formatted(LONGEST), List.of());
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
                throw tooLarge(in);
            }
            return read;
        }
    }
}
