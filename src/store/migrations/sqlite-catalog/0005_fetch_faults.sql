-- Why a fetch brought nothing, as a JSON list of codes with what they tell, not one sentence.
ALTER TABLE feeds RENAME COLUMN last_fault TO last_faults;
UPDATE feeds SET last_faults = json_array(json_object('code', 'earlier_release', 'message', last_faults))
WHERE last_faults IS NOT NULL;
