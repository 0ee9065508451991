package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to a request that was carried out.
 *
 * @param body the document; a missing node if there is none
 * @param requestId the request id in the service's logs; may be empty
 */
record Reply(JsonNode body, String requestId) {}
