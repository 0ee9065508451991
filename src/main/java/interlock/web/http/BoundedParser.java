package interlock.web.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import interlock.action.SchemaErrors;
import interlock.model.Characters;
import interlock.model.ValidationError;
import java.io.IOException;
import java.util.List;

/**
 * Checks each token before a tree is built from it, because a node takes many times the memory of its two bytes of
 * text. Rejects bodies with too many tokens or too deep nesting, text that is not Unicode, and YAML aliases.
 */
final class BoundedParser extends JsonParserDelegate {
    /** Fifty for each action of the largest plan. A tree takes up to 80 bytes of memory per token. */
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
            throw Problem.badRequest(
                    "The body contains more than %,d names, values and brackets.".formatted(mostTokens));
        }
        refuseAliases();
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                if (++depth > DEEPEST) {
                    throw Problem.badRequest(
                            "The body's objects and lists are nested more than %,d deep.".formatted(DEEPEST));
                }
            }
            case END_OBJECT, END_ARRAY -> depth--;
            case FIELD_NAME, VALUE_STRING -> refuseHalfCharacters(delegate.getText());
            case VALUE_NUMBER_FLOAT -> {
                if (!Double.isFinite(delegate.getDoubleValue())) {
                    throw refused("a number that is too large");
                }
            }
            default -> {}
        }
        return token;
    }

    /** Jackson would read an alias as a text with its name, which is never intended. */
    private void refuseAliases() throws IOException {
        if (delegate instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new JsonParseException(
                    yaml, "aliases (*%s) are not supported; write out the value".formatted(yaml.getText()));
        }
    }

    /**
     * An escape can denote an unpaired surrogate, which is not a character: stored, it would become a question mark.
     */
    private void refuseHalfCharacters(String text) {
        int at = Characters.unpairedSurrogate(text);
        if (at >= 0) {
            throw refused("an unpaired surrogate, U+%04X, which is not a character".formatted((int) text.charAt(at)));
        }
    }

    private Problem refused(String what) {
        String path =
                SchemaErrors.path(delegate.getParsingContext().pathAsPointer().toString());
        return new Problem(
                400,
                "Bad Request",
                "The body cannot be accepted: %s contains %s.".formatted(path.isEmpty() ? "it" : path, what),
                List.of(new ValidationError(path, "contains " + what)));
    }
}
