// Ends reads that nobody waits for any more.
// Parameters: reads: what was said of them when they began.
// Rows: one for each that went on; message.
SHOW TRANSACTIONS YIELD transactionId AS id, metaData
WHERE metaData.read IN $reads
TERMINATE TRANSACTIONS id YIELD message
RETURN message
