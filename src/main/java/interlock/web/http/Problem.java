package interlock.web.http;

import interlock.model.Excerpt;
import interlock.model.ValidationError;
import java.util.List;

/** An error answer in the form of RFC 9457. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A limit, because the detail may quote the request. */
    private static final int LONGEST = 2_000;

    private final int status;
    private final String title;
    private final transient List<ValidationError> errors;

    public Problem(int status, String title, String detail, List<ValidationError> errors) {
        super(Excerpt.of(detail, LONGEST));
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad Request", detail, List.of());
    }

    public static Problem notFound(String what, Object id) {
        return new Problem(404, "Not Found", "%s %s could not be found".formatted(what, id), List.of());
    }

    public static Problem notAcceptable(String detail) {
        return new Problem(406, "Not Acceptable", detail, List.of());
    }

    public static Problem unsupportedMediaType(String detail) {
        return new Problem(415, "Unsupported Media Type", detail, List.of());
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail, List.of());
    }

    public static Problem tooManyRequests(String detail) {
        return new Problem(429, "Too Many Requests", detail, List.of());
    }

    public static Problem preconditionFailed(String detail) {
        return new Problem(412, "Precondition Failed", detail, List.of());
    }

    public static Problem insufficientStorage(String detail) {
        return new Problem(507, "Insufficient Storage", detail, List.of());
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<ValidationError> errors() {
        return errors;
    }
}
