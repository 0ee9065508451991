package interlock.openstack.action;

import interlock.api.Execution;
import interlock.openstack.Cinder;
import interlock.openstack.Cloud;
import interlock.openstack.CloudException;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.Endpoint;
import interlock.openstack.Ironic;
import interlock.openstack.Nova;
import interlock.openstack.ServiceType;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt, and the cloud that it works on.
 *
 * @param undertaking the stage of the attempt
 */
record CloudAttempt(Execution execution, Cloud cloud, AbortGuard undertaking) {
    private static final Duration FIRST_LOOK = Duration.ofMillis(500);
    private static final Duration RARE = Duration.ofSeconds(8);

    /** The divisor of the elapsed time that gives the wait before the next poll. */
    private static final int SHARE = 12;

    private static final int LONGEST_ID = 255;

    private static final Duration TO_ARRIVE = Duration.ofSeconds(3);
    private static final Duration SLICE = Duration.ofSeconds(1);

    /** A request to the cloud. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws CloudException, InterruptedException;
    }

    private Endpoint endpoint(ServiceType service) {
        return cloud.endpoint(service).tracing(this::note);
    }

    /** Reports a request id. The service may send any text as an id. */
    private void note(String requestId) {
        if (!requestId.isBlank()) {
            execution.addRequestId(requestId.substring(0, Math.min(requestId.length(), LONGEST_ID)));
        }
    }

    Nova nova() {
        return new Nova(endpoint(ServiceType.COMPUTE), execution::sleep);
    }

    Cinder cinder() {
        return new Cinder(endpoint(ServiceType.BLOCK_STORAGE), execution::sleep);
    }

    Ironic ironic() {
        return new Ironic(endpoint(ServiceType.BAREMETAL), execution::sleep);
    }

    /** {@return a text parameter; empty if it is absent or null} */
    Optional<String> text(String name) {
        return execution.inputParameters().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** {@return a parameter that the schema requires} */
    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalStateException("input_parameters." + name + " is missing"));
    }

    String resource() {
        return required("resource_id");
    }

    /**
     * Requests a change. If it is unknown whether the request arrived, it is not repeated; instead, the object is
     * inspected.
     *
     * @param change sends the request
     * @param arrived whether the object shows that the request arrived
     * @return the id of the request; empty if unknown
     */
    String ask(Question<String> change, Question<Boolean> arrived) throws CloudException, InterruptedException {
        undertaking.begin();
        try {
            return change.ask();
        } catch (CloudException e) {
            if (e.kind() == Kind.IN_DOUBT) {
                execution.sleep(TO_ARRIVE);
                if (arrived.ask()) {
                    return "";
                }
            }
            throw e;
        }
    }

    /** {@return a waiter for polling one object} */
    Looks looks() {
        return new Looks();
    }

    /**
     * Waits between two polls. The wait grows with the elapsed time, so that the delay in noticing the end is small
     * compared to the whole duration.
     */
    final class Looks {
        private Duration waited = Duration.ZERO;

        /** Waits for the next poll; the wait ends early when an abort is requested. */
        void pause() throws InterruptedException {
            boolean before = undertaking.isAborting();
            Duration left = before ? FIRST_LOOK : next();
            while (left.isPositive() && before == undertaking.isAborting()) {
                Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
                execution.sleep(slice);
                left = left.minus(slice);
                waited = waited.plus(slice);
            }
        }

        private Duration next() {
            Duration share = waited.dividedBy(SHARE);
            Duration longer = share.compareTo(FIRST_LOOK) > 0 ? share : FIRST_LOOK;
            return longer.compareTo(RARE) < 0 ? longer : RARE;
        }
    }
}
