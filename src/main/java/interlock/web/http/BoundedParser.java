package interlock.web.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import interlock.action.SchemaErrors;
import interlock.model.ValidationError;
import java.io.IOException;
import java.util.List;

/**
 * Looks at each token before a tree is built of it: a node takes many times the memory of the two bytes that it may be
 * written in. Refuses what has too many tokens or is too deep, text that is not Unicode, and aliases of YAML.
 */
final class BoundedParser extends JsonParserDelegate {
    /** Fifty for each of the actions that a plan may have. A tree takes up to 80 bytes of memory a token. */
    static final int MOST_TOKENS = 5_000_000;

    static final int DEEPEST = 1_000;

    private final int mostTokens;
    private int tokens;
    private int depth;

    BoundedParser(JsonParser parser) {
        this(parser, MOST_TOKENS);
    }

    BoundedParser(JsonParser parser, int mostTokens) {
        super(parser);
        this.mostTokens = mostTokens;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == null) {
            return token;
        }
        if (++tokens > mostTokens) {
            throw Problem.badRequest("The body holds more than %,d names, values and brackets, which is the limit."
                    .formatted(mostTokens));
        }
        refuseAliases();
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                if (++depth > DEEPEST) {
                    throw Problem.badRequest(
                            "The body's objects and lists stand in one another more than %,d deep, which is the limit."
                                    .formatted(DEEPEST));
                }
            }
            case END_OBJECT, END_ARRAY -> depth--;
            case FIELD_NAME, VALUE_STRING -> refuseHalfCharacters(delegate.getText());
            case VALUE_NUMBER_FLOAT -> {
                if (!Double.isFinite(delegate.getDoubleValue())) {
                    throw refused("a number that is too large to be kept");
                }
            }
            default -> {}
        }
        return token;
    }

    /** An alias would be read as if its name were the value. Nobody means that. */
    private void refuseAliases() throws IOException {
        if (delegate instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new JsonParseException(
                    yaml, "aliases (*%s) are not taken; write out what it stands for".formatted(yaml.getText()));
        }
    }

    /** Half of a surrogate pair, which an escape can stand for, is no character: stored, it would become a question mark. */
    private void refuseHalfCharacters(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (!Character.isSurrogate(character)) {
                continue;
            }
            if (Character.isHighSurrogate(character)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
                continue;
            }
            throw refused("half of a surrogate pair, U+%04X, which is no character".formatted((int) character));
        }
    }

    private Problem refused(String what) {
        String path =
                SchemaErrors.path(delegate.getParsingContext().pathAsPointer().toString());
        return new Problem(
                400,
                "Bad Request",
                "The body cannot be taken: %s holds %s.".formatted(path.isEmpty() ? "it" : path, what),
                List.of(new ValidationError(path, "holds " + what)));
    }
}
