-- A document becomes visible to the others with the event that shares it, in its transaction.
CREATE TRIGGER documents_shared AFTER INSERT ON events
WHEN json_extract(NEW.body, '$.type') = 'document_shared'
BEGIN
    UPDATE documents SET shared_seq = NEW.seq
    WHERE site_id = NEW.site_id
      AND id = unhex(replace(json_extract(NEW.body, '$.document.id'), '-', ''))
      AND conversation_id = (SELECT id FROM conversations WHERE number = NEW.conversation);
END;
