-- What became of the latest e-mails of a topic says whether its notification or alert is in trouble.
create index delivery_topic on delivery (account_id, topic, delivery_id);
