package interlock.web.http;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Rejects query strings that are not percent-encoded UTF-8. The server itself replaces what it cannot decode, so that a
 * filter would search for question marks.
 */
final class QueryEncoding {
    private QueryEncoding() {}

    static void check(Context ctx) {
        @Nullable String query = ctx.queryString();
        if (query == null || query.indexOf('%') < 0) {
            return;
        }
        for (String argument : query.split("&", -1)) {
            check(argument);
        }
    }

    private static void check(String argument) {
        byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '%') {
                decoded.put(bytes[at]);
                continue;
            }
            if (at + 2 >= bytes.length
                    || !HexFormat.isHexDigit(bytes[at + 1])
                    || !HexFormat.isHexDigit(bytes[at + 2])) {
                throw refused(argument, "two hexadecimal digits must follow each %");
            }
            decoded.put((byte) (HexFormat.fromHexDigit(bytes[at + 1]) << 4 | HexFormat.fromHexDigit(bytes[at + 2])));
            at += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
        } catch (CharacterCodingException _) {
            throw refused(argument, "it is not UTF-8");
        }
    }

    private static Problem refused(String argument, String why) {
        return Problem.badRequest("The argument \"%s\" cannot be decoded: %s.".formatted(argument, why));
    }
}
