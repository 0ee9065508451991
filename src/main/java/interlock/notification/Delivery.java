package interlock.notification;

import interlock.api.RetryPolicy;
import interlock.neo4j.store.History;
import interlock.neo4j.store.WebhookStore;
import interlock.neo4j.store.WebhookStore.Claim;
import interlock.neo4j.store.WebhookStore.Then;
import interlock.neo4j.store.WebhookStore.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one webhook in order: an event is sent after its predecessor was accepted. The position is stored
 * every few seconds; after a crash, events since the stored position are sent again.
 */
public final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** The duration of a claim without a report; longer than the time between reports. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** The time between reports of the position. */
    private static final Duration REPORT = Duration.ofSeconds(2);

    private static final RetryPolicy BACKOFF =
            new RetryPolicy(1, Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 0.2);

    private final WebhookStore store;
    private final EventBuilder narrator;
    private final WebhookClient receiver;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final String holder;

    /**
     * Creates a delivery.
     *
     * @param store the stored webhooks
     * @param history the source of events
     * @param receiver the client that sends events
     * @param clock decides when a report is due
     * @param chance random numbers for the jitter of retries
     * @param holder the name of this process, under which it claims webhooks
     */
    public Delivery(
            WebhookStore store,
            History history,
            WebhookClient receiver,
            InstantSource clock,
            RandomGenerator chance,
            String holder) {
        this.store = store;
        this.narrator = new EventBuilder(history);
        this.receiver = receiver;
        this.clock = clock;
        this.chance = chance;
        this.holder = holder;
    }

    /**
     * Delivers all pending events of a webhook, until one is refused. Does nothing if another process holds the claim.
     */
    void run(String webhook) throws InterruptedException {
        var claim = store.claim(webhook, holder, LEASE);
        if (claim.isPresent()) {
            new Telling(claim.get()).run();
        }
    }

    /** The deliveries during one claim. Used by one thread. */
    private final class Telling {
        private final Claim claim;
        private int failures;
        private Told told;
        private Instant reported;

        Telling(Claim claim) {
            this.claim = claim;
            this.failures = claim.failures();
            this.told = new Told(claim.cursor(), 0);
            this.reported = clock.instant();
        }

        void run() throws InterruptedException {
            boolean goesOn = true;
            while (goesOn) {
                EventBuilder.Part part = narrator.part(told.next(), claim.span(), claim.events());
                goesOn = tell(part) && !part.last();
            }
        }

        /** {@return whether all events of the part were accepted and the claim is still held} */
        private boolean tell(EventBuilder.Part part) throws InterruptedException {
            for (EventBuilder.Step step : part.steps()) {
                if (step.event().isPresent() && !take(step.event().get())) {
                    return false;
                }
                told = new Told(step.next(), told.delivered() + (step.event().isPresent() ? 1 : 0));
                boolean due = clock.instant().isAfter(reported.plus(REPORT));
                if (due && !report(new Then.GoOn(LEASE))) {
                    return false;
                }
            }
            told = new Told(part.next(), told.delivered());
            return report(part.last() ? new Then.Release() : new Then.GoOn(LEASE));
        }

        private boolean report(Then then) {
            boolean holds = store.report(claim, told, then);
            told = new Told(told.next(), 0);
            reported = clock.instant();
            return holds;
        }

        /** {@return whether the receiver accepted the event} */
        private boolean take(Event event) throws InterruptedException {
            return switch (receiver.tell(claim.url(), claim.secret(), event)) {
                case WebhookClient.Answer.Taken() -> {
                    failures = 0;
                    yield true;
                }
                case WebhookClient.Answer.Refused refused -> {
                    failures++;
                    report(new Then.TryAgain(refused.reason(), backoff(event, refused)));
                    yield false;
                }
                case WebhookClient.Answer.Gone(String reason) -> {
                    log.warn("webhook {} receives no further events: {}", claim.uuid(), reason);
                    report(new Then.GiveUp(reason));
                    yield false;
                }
            };
        }

        private Duration backoff(Event event, WebhookClient.Answer.Refused refused) {
            Duration own = BACKOFF.backoff(failures, chance.nextDouble());
            Duration backoff =
                    refused.rest().filter(rest -> rest.compareTo(own) > 0).orElse(own);
            log.info(
                    "webhook {} did not accept event {}: {}. Retrying in {} ms",
                    claim.uuid(),
                    event.origin().id(),
                    refused.reason(),
                    backoff.toMillis());
            return backoff;
        }
    }
}
