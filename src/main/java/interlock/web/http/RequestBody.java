package interlock.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.http.Context;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the bodies of requests: JSON, or YAML according to the content type. */
public final class RequestBody {
    private static final int LONGEST_LINE = 100_000;
    private static final int BUFFER = 65_536;
    private static final char MARK = '\ufeff';

    /**
     * How many bytes of a rejected body are read and discarded, so that the client receives the answer instead of a
     * broken pipe.
     */
    private static final long DRAINED = 20L * BodyLimits.DOCUMENT;

    /**
     * Limits beyond those of {@link BodyLimits}, {@link BoundedParser} and plan documents, so that those give the error
     * messages.
     */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(BodyLimits.DOCUMENT)
            .maxNestingDepth(2 * BoundedParser.DEEPEST)
            .build();

    private static final ObjectMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final YAMLMapper YAML = yaml();

    private RequestBody() {}

    private static YAMLMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(BodyLimits.DOCUMENT);
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

    /**
     * A plan document.
     *
     * @param digest the SHA-256 of the body, in hexadecimal
     */
    public record Document(JsonNode content, String digest) {}

    /** Reads a plan document. */
    public static JsonNode read(Context ctx) throws IOException {
        return document(ctx).content();
    }

    /** Reads a plan document, and the digest by which a repetition of the request is recognised. */
    public static Document document(Context ctx) throws IOException {
        MessageDigest digest = sha256();
        JsonNode node = any(ctx, digest);
        if (node.isMissingNode()) {
            throw Problem.badRequest("The body is empty; a plan document in JSON or YAML was expected.");
        }
        if (!node.isObject()) {
            throw Problem.badRequest("The body is not an object; a plan document was expected.");
        }
        return new Document(node, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads any JSON; a missing node if there is no body. */
    public static JsonNode any(Context ctx) throws IOException {
        return any(ctx, sha256());
    }

    private static JsonNode any(Context ctx, MessageDigest digest) throws IOException {
        int limit = BodyLimits.of(ctx);
        long announced = ctx.req().getContentLengthLong();
        LargeBodies.Held held = limit <= BodyLimits.OTHER || (announced >= 0 && announced <= BodyLimits.OTHER)
                ? LargeBodies.none()
                : ctx.appData(LargeBodies.KEY).admit(ctx, announced < 0 ? limit : announced);
        boolean read = false;
        try {
            JsonNode node = read(
                    new DigestInputStream(new Bounded(ctx.bodyInputStream(), limit, held), digest),
                    BodyLimits.isYaml(ctx));
            read = true;
            return node == null ? MissingNode.getInstance() : node;
        } finally {
            if (!read) {
                held.release();
            }
        }
    }

    private static @Nullable JsonNode read(InputStream body, boolean yaml) throws IOException {
        try {
            return yaml ? readYaml(body.readAllBytes()) : tree(JSON, JSON.createParser(utf8(body)));
        } catch (CharConversionException | CharacterCodingException e) {
            throw Problem.badRequest("The body cannot be read: it is not UTF-8. " + e.getMessage());
        } catch (EOFException e) {
            throw Problem.badRequest("The body is incomplete.");
        }
    }

    /** Decodes UTF-8 strictly, unlike Jackson's own readers. Skips a byte order mark. */
    private static Reader utf8(InputStream bytes) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), BUFFER);
        text.mark(1);
        if (text.read() != MARK) {
            text.reset();
        }
        return text;
    }

    private static @Nullable JsonNode tree(ObjectMapper mapper, JsonParser parser) throws IOException {
        try (JsonParser bounded = new BoundedParser(parser)) {
            return mapper.readTree(bounded);
        }
    }

    /** Tries JSON first, because JSON is valid YAML and often on a single line. */
    private static @Nullable JsonNode readYaml(byte[] body) throws IOException {
        String text = utf8(new ByteArrayInputStream(body)).readAllAsString();
        if (text.startsWith("{")) {
            try {
                return tree(JSON, JSON.createParser(text));
            } catch (JsonProcessingException _) {
                // not JSON; it may still be YAML
            }
        }
        refuseLongLines(body);
        return tree(YAML, YAML.createParser(text));
    }

    /** The YAML parser takes time quadratic in the length of a line. */
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

    /** Reads the rest of a body and discards it. */
    static void drain(Context ctx) {
        byte[] buffer = new byte[65_536];
        long drained = 0;
        try {
            InputStream rest = ctx.bodyInputStream();
            for (int read = 0; read >= 0 && drained < DRAINED; read = rest.read(buffer)) {
                drained += read;
            }
        } catch (IOException _) {
            // the client has disconnected and needs no answer
        }
    }

    /** Stops reading a body that is too long despite its headers, or arrives too slowly. */
    private static final class Bounded extends FilterInputStream {
        private final int limit;
        private final LargeBodies.Held held;
        private long left;

        Bounded(InputStream in, int limit, LargeBodies.Held held) {
            super(in);
            this.limit = limit;
            this.held = held;
            this.left = limit;
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
                throw BodyLimits.tooLong(limit);
            }
            held.checkTime();
            return read;
        }
    }
}
