package interlock.openstack;

import interlock.http.BoundedExchange;
import interlock.openstack.SendResult.Answered;
import interlock.openstack.SendResult.NotSent;
import interlock.openstack.SendResult.Unanswered;
import interlock.openstack.SendResult.Untrusted;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to one endpoint: limits the request rate, pauses after repeated failures, and retries requests that
 * were not carried out.
 */
final class EndpointLimiter {
    private static final Logger log = LoggerFactory.getLogger(EndpointLimiter.class);
    private static final int FIRST_REFUSAL = 300;
    private static final int SERVER_ERROR = 500;
    private static final Duration LONGEST_QUEUE = Duration.ofHours(1);

    private final URI base;
    private final HttpClient client;
    private final Environment environment;
    private final CircuitBreaker breaker;
    private final RateLimiter limiter;

    EndpointLimiter(URI base, HttpClient client, Environment environment, int requestsPerSecond) {
        this.base = base;
        this.client = client;
        this.environment = environment;
        breaker = CircuitBreaker.of(
                base.toString(),
                CircuitBreakerConfig.custom()
                        .clock(environment.clock().withZone(ZoneOffset.UTC))
                        .currentTimestampFunction(clock -> clock.millis(), TimeUnit.MILLISECONDS)
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(Duration.ofSeconds(3))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .build());
        limiter = RateLimiter.of(
                base.toString(),
                RateLimiterConfig.custom()
                        .limitForPeriod(requestsPerSecond)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(LONGEST_QUEUE)
                        .build());
    }

    /** {@return the URL of the endpoint} */
    URI base() {
        return base;
    }

    /**
     * Sends a request, with retries.
     *
     * @return the last answer, whatever its status
     * @throws CloudException when there is none
     */
    Answered send(Call call, Map<String, String> headers, Waiter waiter) throws CloudException, InterruptedException {
        Instant began = environment.clock().instant();
        for (int tries = 1; ; tries++) {
            SendResult tried = guarded(call, headers, waiter);
            Instant now = environment.clock().instant();
            Optional<Duration> wait = environment
                    .patience()
                    .waitAfter(
                            call,
                            tried,
                            tries,
                            Duration.between(began, now),
                            environment.chance().getAsDouble(),
                            now);
            if (wait.isEmpty()) {
                return answer(call, tried, tries);
            }
            log.info("{} {}: {}. Retrying in {}", call.method(), base, describe(tried), wait.get());
            waiter.sleep(wait.get());
        }
    }

    private Answered answer(Call call, SendResult tried, int tries) throws CloudException {
        CloudException.Kind kind;
        switch (tried) {
            case Answered answer -> {
                return answer;
            }
            case NotSent _ -> kind = CloudException.Kind.UNAVAILABLE;
            case Unanswered _ ->
                kind = call.repeatable() ? CloudException.Kind.UNAVAILABLE : CloudException.Kind.IN_DOUBT;
            case Untrusted _ -> kind = CloudException.Kind.MISCONFIGURED;
        }
        String often = tries == 1 ? "" : ", tried %d times".formatted(tries);
        throw new CloudException(kind, "%s %s: %s%s".formatted(call.method(), url(call), describe(tried), often));
    }

    private static String describe(SendResult tried) {
        return switch (tried) {
            case Answered answer -> answer.toString();
            case NotSent(String why) -> why;
            case Unanswered(String why) -> why;
            case Untrusted(String why) -> why;
        };
    }

    private SendResult guarded(Call call, Map<String, String> headers, Waiter waiter) throws InterruptedException {
        if (!breaker.tryAcquirePermission()) {
            return new NotSent("%s has failed too often; requests are paused".formatted(base));
        }
        boolean counted = false;
        Instant began = environment.clock().instant();
        try {
            waiter.sleep(Duration.ofNanos(Math.max(0, limiter.reservePermission())));
            SendResult tried = once(call, headers);
            count(tried, Duration.between(began, environment.clock().instant()));
            counted = true;
            return tried;
        } finally {
            if (!counted) {
                breaker.releasePermission();
            }
        }
    }

    private void count(SendResult tried, Duration took) {
        boolean failed = switch (tried) {
            case Answered answer -> answer.status() > SERVER_ERROR;
            case NotSent _, Unanswered _ -> true;
            case Untrusted _ -> false;
        };
        if (failed) {
            breaker.onError(took.toMillis(), TimeUnit.MILLISECONDS, new IOException(describe(tried)));
        } else {
            breaker.onSuccess(took.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private URI url(Call call) {
        return URI.create(base + call.path());
    }

    private SendResult once(Call call, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(call))
                .header("Accept", "application/json")
                .header("User-Agent", "interlock")
                .method(
                        call.method(),
                        call.body()
                                .map(body -> BodyPublishers.ofString(body.toString()))
                                .orElseGet(BodyPublishers::noBody));
        call.body().ifPresent(_ -> request.header("Content-Type", "application/json"));
        headers.forEach(request::setHeader);
        try {
            BoundedExchange exchange =
                    new BoundedExchange(client, environment.patience().answer(), call.longestAnswer());
            return whole(exchange.send(request.build(), _ -> true), call);
        } catch (ConnectException | HttpConnectTimeoutException _) {
            return new NotSent("cannot connect to " + base.getAuthority());
        } catch (SSLException e) {
            return afterHandshake(e);
        } catch (HttpTimeoutException e) {
            return new Unanswered(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Unanswered("the connection broke: " + e.getMessage());
        }
    }

    /** An incomplete error answer is sufficient; an incomplete document is not. */
    private SendResult whole(BoundedExchange.Answer answer, Call call) {
        if (answer.complete() || answer.status() >= FIRST_REFUSAL) {
            return new Answered(answer.status(), answer.headers(), answer.body());
        }
        return new Unanswered("the answer exceeded %d s or %d kB"
                .formatted(environment.patience().answer().toSeconds(), call.longestAnswer() / 1024));
    }

    private SendResult afterHandshake(SSLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof SocketException) {
                return new Unanswered("the connection broke: " + e.getMessage());
            }
        }
        return new Untrusted("no trusted connection to %s: %s (cacert sets a file of trusted authorities)"
                .formatted(base.getAuthority(), e.getMessage()));
    }
}
