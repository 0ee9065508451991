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
 * Tells one webhook what happened, event after event, each when the one before was taken. How far it has come is stored now and
 * then; who goes on after a crash tells what was told since once more.
 */
public final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** How long a claim holds without a report; longer than the time between two of them. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** How long events are told before it is stored how far that went. */
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
     * Takes what it works with.
     *
     * @param store where webhooks are kept
     * @param history what is told
     * @param receiver how it is told
     * @param clock by which it is seen when a report is due
     * @param chance by which waits differ
     * @param holder the name of this process, under which webhooks are claimed
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

    /** Tells a webhook all that there is to tell, unless another process does or it cannot be told now. */
    void run(String webhook) throws InterruptedException {
        var claim = store.claim(webhook, holder, LEASE);
        if (claim.isPresent()) {
            new Telling(claim.get()).run();
        }
    }

    /** What one claim comes to. Used by one thread. */
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

        /** {@return whether all of it was told, and the claim still holds} */
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

        /** {@return whether the receiver has taken an event} */
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
                    log.warn("webhook {} is told nothing any more: {}", claim.uuid(), reason);
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
                    "webhook {} was not told of {}: {}. It is tried again in {} ms",
                    claim.uuid(),
                    event.origin().id(),
                    refused.reason(),
                    backoff.toMillis());
            return backoff;
        }
    }
}
