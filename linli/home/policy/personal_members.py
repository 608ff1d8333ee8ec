"""The lines of the register of personal data (`personal`) about what the app `members` keeps."""

MEMBERS = """
members.Member            self               person      number name sex born_on education
members.Member            self               -           name_key
members.Member            self               phone       phone
members.Member            self               membership  stage joined_on full_on probation_until member_class
members.Member            self               account     user same_as
members.Membership        member             membership  member body ended valid_from valid_to
members.Classification    member             membership  member member_class valid_from valid_to
members.Post              member             membership  member body title term_until document valid_from valid_to
members.MemberStanding    member             membership  member kind where document valid_from valid_to
members.Election          -                  -
members.Voter             member             election    election member unit due reason
members.Candidate         member             election    election member written_in elected title office_yes
members.Ballot            -                  trace       counted_by confirmed_by
members.Ballot            -                  -           election number kind seats issued returned valid invalid void
members.Ballot            -                  -           entries
members.Tally             candidate__member  election    ballot candidate printed yes no abstain
members.PaperTemplate     -                  -
members.Contact           member             membership  member on words
members.Departure         member             membership  member ending on document before
members.Transfer          member             membership  number member name direction source source_name target
members.Transfer          member             membership  target_name state issued_on valid_until ended_on reason
members.Applicant         member             applicant   name sex born_on education body stage talked_on member
members.Applicant         member             -           name_key
members.ApplicantStep     applicant__member  applicant   applicant stage on document
members.CheckIn           member             checkin     member body home_unit contact slip valid_from valid_to
members.Consent           member             consent     member purpose given_at withdrawn_at
members.Shown             consent__member    consent     consent full_name branch centre token
members.DataRequest       member             request     member kind text asked_at state answer answered_at
members.DataRequest       member             -           answered_by
members.RosterUpload      -                  person      content
members.RosterUpload      -                  -           token body name uploaded_at
members.MemberClass       -                  -
members.ClassDuty         -                  -
members.Unified           -                  -
members.ClassRule         -                  -
"""
