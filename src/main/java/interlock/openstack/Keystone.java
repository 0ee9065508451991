package interlock.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.SendResult.Answered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens, and keeps the last one until a service rejects it. Rejected credentials are not sent again for a while,
 * because many clouds lock users out after failed logins. Thread-safe.
 */
final class Keystone {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final CloudSettings settings;
    private final EndpointLimiter route;
    private final InstantSource clock;

    /** Held while a token is requested, so that threads that need one at the same time share it. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private @Nullable Session session;

    /** Guarded by the lock. */
    private @Nullable Refusal refusal;

    private record Refusal(CloudException why, Instant until) {}

    Keystone(CloudSettings settings, EndpointLimiter route, InstantSource clock) {
        this.settings = settings;
        this.route = route;
        this.clock = clock;
    }

    /** {@return the current session, or a new one} */
    Session session(Waiter waiter) throws CloudException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Session known = session;
            return known != null ? known : begin(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** {@return a session with another token than this one, which a service has rejected} */
    Session instead(Session refused, Waiter waiter) throws CloudException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Session known = session;
            return known != null && !known.token().equals(refused.token()) ? known : begin(waiter);
        } finally {
            lock.unlock();
        }
    }

    private Session begin(Waiter waiter) throws CloudException, InterruptedException {
        session = null;
        Refusal last = refusal;
        if (last != null && clock.instant().isBefore(last.until())) {
            throw last.why();
        }
        try {
            Session begun = authenticate(waiter);
            session = begun;
            refusal = null;
            return begun;
        } catch (CloudException e) {
            if (e.kind() == Kind.NOT_AUTHENTICATED) {
                refusal = new Refusal(e, clock.instant().plus(REMEMBERED));
            }
            throw e;
        }
    }

    private Session authenticate(Waiter waiter) throws CloudException, InterruptedException {
        Call call = askForToken();
        Answered answer = route.send(call, Map.of(), waiter);
        if (answer.status() != CREATED && answer.status() != OK) {
            throw refused(call, new OpenStackError(answer));
        }
        String token = answer.header("X-Subject-Token");
        if (token.isEmpty()) {
            throw notKeystone("its answer has no token");
        }
        try {
            return new Session(
                    new Secret(token),
                    Catalogue.read(JSON.readTree(answer.body()).path("token").path("catalog")));
        } catch (JsonProcessingException _) {
            throw notKeystone("its answer is not JSON");
        }
    }

    /** The request is repeatable: although it is a POST, it changes nothing. */
    private Call askForToken() {
        ObjectNode auth = JsonNodeFactory.instance.objectNode();
        auth.set("identity", settings.credentials().identity());
        settings.scope().ifPresent(scope -> auth.set("scope", scope));
        return new Call(
                "POST",
                "/auth/tokens",
                Optional.of(JsonNodeFactory.instance.objectNode().set("auth", auth)),
                Optional.empty(),
                true,
                Call.ONE);
    }

    private CloudException refused(Call call, OpenStackError fault) {
        return switch (fault.answer().status()) {
            case 401 ->
                new CloudException(
                        Kind.NOT_AUTHENTICATED,
                        "Keystone at %s does not accept the %s of cloud '%s': %s%s"
                                .formatted(
                                        route.base(),
                                        what(),
                                        settings.name(),
                                        fault.message(),
                                        fault.requestId().isEmpty() ? "" : " (request " + fault.requestId() + ")"));
            case 300, 301, 302, 404, 405 ->
                notKeystone("it answered " + fault.answer().status());
            default -> fault.exception(call, route);
        };
    }

    private String what() {
        return switch (settings.credentials()) {
            case Credentials.Password password ->
                "password of user '%s'"
                        .formatted(password.user()
                                .path("name")
                                .asText(password.user().path("id").asText()));
            case Credentials.ApplicationCredential given ->
                "application credential '%s'"
                        .formatted(given.credential()
                                .path("id")
                                .asText(given.credential().path("name").asText()));
            case Credentials.Token _ -> "token (which may have expired and cannot be renewed)";
        };
    }

    private CloudException notKeystone(String why) {
        return CloudException.misconfigured("cloud '%s': auth_url: %s is not Keystone's version 3: %s"
                .formatted(settings.name(), route.base(), why));
    }
}
