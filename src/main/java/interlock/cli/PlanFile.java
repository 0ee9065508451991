package interlock.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.cli.client.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A plan document and its media type.
 *
 * @param text the unparsed document; the service validates it
 */
record PlanFile(String text, String contentType) {
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    /** Reads a file, or standard input for {@code -}. */
    static PlanFile read(String file, InputStream standardInput) {
        try {
            String text = file.equals("-") ? text(standardInput) : Files.readString(Path.of(file));
            return new PlanFile(text, type(file.toLowerCase(Locale.ROOT), text));
        } catch (NoSuchFileException _) {
            throw new CommandFailed("no such file: " + file);
        } catch (AccessDeniedException _) {
            throw new CommandFailed("no permission to read the file %s".formatted(file));
        } catch (CharacterCodingException _) {
            throw new CommandFailed("%s is not UTF-8 text".formatted(file));
        } catch (IOException e) {
            throw new CommandFailed("cannot read %s: %s".formatted(file, e.getMessage()));
        }
    }

    private static String text(InputStream in) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(java.nio.ByteBuffer.wrap(in.readAllBytes()))
                .toString();
    }

    private static String type(String file, String text) {
        if (file.endsWith(".json")) {
            return JSON;
        }
        boolean yaml = file.endsWith(".yaml") || file.endsWith(".yml");
        return !yaml && text.stripLeading().startsWith("{") ? JSON : YAML;
    }

    /**
     * {@return the document with another value of a member, unless that is null; a malformed document stays as it is, for the service
     * to reject}
     */
    PlanFile with(String member, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        try {
            JsonNode document = (contentType.equals(JSON) ? json() : yaml()).readTree(text);
            return document instanceof ObjectNode object
                    ? new PlanFile(object.putPOJO(member, value).toString(), JSON)
                    : this;
        } catch (JsonProcessingException _) {
            return this;
        }
    }

    private static ObjectMapper json() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private static ObjectMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setAllowDuplicateKeys(false);
        return new YAMLMapper(YAMLFactory.builder()
                .loaderOptions(options)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
    }
}
