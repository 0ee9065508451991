// Terminates abandoned reads.
// Parameters: reads: their names.
// Rows: one for each running read; message.
SHOW TRANSACTIONS YIELD transactionId AS id, metaData
WHERE metaData.read IN $reads
TERMINATE TRANSACTIONS id YIELD message
RETURN message
