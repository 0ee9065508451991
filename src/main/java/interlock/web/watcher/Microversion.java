package interlock.web.watcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.web.http.Problem;
import interlock.web.http.Problems;
import interlock.web.http.WebServer;
import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The version of Watcher's API in which a request is answered. Watcher's clients request one; a request without one
 * gets the lowest version, with Interlock's own members in addition.
 *
 * @param minor the number after {@code 1.}
 * @param named whether the request named a version
 */
public record Microversion(int minor, boolean named) {
    /** The header with the version, in requests and in answers. */
    public static final String HEADER = Problems.API_VERSION;

    /** The first version in which clients can skip actions and read status messages. */
    public static final int SKIPS = 5;

    public static final String LOWEST = "1.0";
    public static final String HIGHEST = "1.7";

    private static final int HIGHEST_MINOR = 7;
    private static final Microversion NOT_NAMED = new Microversion(0, false);
    private static final String ATTRIBUTE = "microversion";
    private static final String SERVICE = "infra-optim";
    private static final ObjectMapper JSON = WebServer.json();

    /** JSON views: the first version that shows a member. Each includes the ones before. */
    public interface Since {
        interface V0 {}

        /** Adds the start and end times of audits. */
        interface V1 extends V0 {}

        /** Adds the force flag of audits. */
        interface V2 extends V1 {}

        /** Adds the data model. */
        interface V3 extends V2 {}

        /** Adds webhooks. */
        interface V4 extends V3 {}

        /** Adds status messages. */
        interface V5 extends V4 {}

        /** Extends the data model. */
        interface V6 extends V5 {}

        /** Adds the default parameters of audit templates. */
        interface V7 extends V6 {}

        /** Adds Interlock's own members. */
        interface Interlock extends V7 {}
    }

    /** JSON views of members that lists omit unless details are requested, by the first version that shows them. */
    public interface Detail {
        interface From0 extends Since.V0 {}

        /** Adds the start and end times of audits. */
        interface From1 extends From0, Since.V1 {}

        /** Adds the force flag of audits. */
        interface From2 extends From1, Since.V2 {}

        /** Adds the data model. */
        interface From3 extends From2, Since.V3 {}

        /** Adds webhooks. */
        interface From4 extends From3, Since.V4 {}

        /** Adds status messages. */
        interface From5 extends From4, Since.V5 {}

        /** Extends the data model. */
        interface From6 extends From5, Since.V6 {}

        /** Adds the default parameters of audit templates. */
        interface From7 extends From6, Since.V7 {}

        /** Adds Interlock's own members. */
        interface OfInterlock extends From7, Since.Interlock {}
    }

    /** The views by version; the last one is for requests without a version. */
    private static final List<Class<?>> IN_LISTS = List.of(
            Since.V0.class,
            Since.V1.class,
            Since.V2.class,
            Since.V3.class,
            Since.V4.class,
            Since.V5.class,
            Since.V6.class,
            Since.V7.class,
            Since.Interlock.class);

    private static final List<Class<?>> IN_DETAIL = List.of(
            Detail.From0.class,
            Detail.From1.class,
            Detail.From2.class,
            Detail.From3.class,
            Detail.From4.class,
            Detail.From5.class,
            Detail.From6.class,
            Detail.From7.class,
            Detail.OfInterlock.class);

    /** Adds the headers with the supported versions and the answer's version; rejects unsupported versions. */
    static void announce(Context ctx) {
        ctx.header("Vary", HEADER);
        ctx.header("OpenStack-API-Minimum-Version", LOWEST);
        ctx.header("OpenStack-API-Maximum-Version", HIGHEST);
        ctx.header("X-OpenStack-Request-Id", "req-" + UUID.randomUUID());
        Microversion version = asked(Optional.ofNullable(ctx.header(HEADER)));
        ctx.attribute(ATTRIBUTE, version);
        ctx.header(HEADER, "%s 1.%d".formatted(SERVICE, version.minor()));
    }

    /** {@return the version in which the request is answered} Without Watcher's API, no request names one. */
    public static Microversion of(Context ctx) {
        return Optional.<Microversion>ofNullable(ctx.attribute(ATTRIBUTE)).orElse(NOT_NAMED);
    }

    /** {@return the version in a header; the lowest one if it names none, or another service's} */
    static Microversion asked(Optional<String> header) {
        int minor = header.flatMap(Microversion::ofThisService)
                .map(Microversion::minor)
                .orElse(0);
        return new Microversion(minor, header.isPresent());
    }

    /** The header may contain the versions of several services, as in {@code compute 2.1, infra-optim 1.5}. */
    private static Optional<String> ofThisService(String header) {
        return List.of(header.split(",", -1)).reversed().stream()
                .map(named -> named.strip().split("\\s+", 2))
                .filter(words -> words.length == 2 && words[0].equalsIgnoreCase(SERVICE))
                .map(words -> words[1].strip())
                .findFirst();
    }

    private static int minor(String version) {
        if (version.equalsIgnoreCase("latest")) {
            return HIGHEST_MINOR;
        }
        if (!version.matches("\\d+(\\.\\d+)+")) {
            return 0;
        }
        List<String> parts = List.of(version.split("\\.", -1));
        if (parts.size() > 2) {
            throw Problem.notAcceptable("Invalid value for %s header".formatted(HEADER));
        }
        BigInteger major = new BigInteger(parts.getFirst());
        BigInteger minor = new BigInteger(parts.getLast());
        if (!major.equals(BigInteger.ONE)) {
            throw Problem.notAcceptable(
                    "Mutually exclusive versions requested. Version %s.%s requested but not supported by this service. The supported version range is: [%s, %s]."
                            .formatted(major, minor, LOWEST, HIGHEST));
        }
        if (minor.compareTo(BigInteger.valueOf(HIGHEST_MINOR)) > 0) {
            throw Problem.notAcceptable(
                    "Version %s.%s was requested but the minor version is not supported by this service. The supported version range is: [%s, %s]."
                            .formatted(major, minor, LOWEST, HIGHEST));
        }
        return minor.intValue();
    }

    /** {@return whether the request may use a feature of that version} */
    public boolean knows(int version) {
        return !named || minor >= version;
    }

    /** Answers with those members of the body that this version has. */
    public static void json(Context ctx, Object body) {
        write(ctx, body, IN_DETAIL);
    }

    /**
     * Answers with those members of a list that this version has.
     *
     * @param detail whether all members of its items are shown
     */
    public static void list(Context ctx, boolean detail, Object body) {
        write(ctx, body, detail ? IN_DETAIL : IN_LISTS);
    }

    private static void write(Context ctx, Object body, List<Class<?>> views) {
        Microversion version = of(ctx);
        Class<?> view = version.named() ? views.get(version.minor()) : views.getLast();
        try {
            ctx.contentType("application/json").result(JSON.writerWithView(view).writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
